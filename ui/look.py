"""The colours of the reader's theme and the few styles that Streamlit has no setting for."""

from __future__ import annotations

import streamlit as st

from svarvakt.charts import DARK, LIGHT, Palette

# The browser may turn dark while a page is open, and Streamlit's part of the page follows at once:
# ours takes the side that the element around it is on. What lies outside of the page's own element
# (open menus) takes the theme that was last told.
_VARIABLES = " ".join(
    f"--{name}: light-dark({getattr(LIGHT, field)}, {getattr(DARK, field)});"
    for name, field in (
        ("background", "background"), ("accent", "accent"), ("late", "late"),
        ("warning", "warning"), ("good", "good"), ("muted", "muted"), ("surface", "surface"),
        ("rule", "faint"), ("text", "text"),
    )
)  # fmt: skip
_STYLE = """<style>
:root {{ color-scheme: {scheme}; {variables} }}
[data-testid="stMainBlockContainer"] {{ max-width: 68rem; padding-top: 2.2rem;
  overflow-wrap: break-word; }}
[data-testid="stHeader"] {{ background: transparent; }}
[data-testid="stCaptionContainer"] {{ color: var(--muted); opacity: 1; }}
[data-testid="stCaptionContainer"] p {{ color: inherit; }}
[data-testid^="stBaseButton"] p, [data-testid^="stBaseLinkButton"] p {{ white-space: normal;
  overflow-wrap: anywhere; }}
[data-testid="stStatusWidget"], [data-testid="stElementToolbar"],
[data-testid="stHeaderActionElements"] {{ display: none; }}
.sv-muted {{ color: var(--muted); font-size: .875rem; }}
.sv-question {{ font-weight: 600; margin: .3rem 0 0; }}
.sv-chosen {{ color: var(--muted); font-size: .875rem; margin: 0 0 .3rem; }}
.sv-finding {{ font-size: 1.2rem; line-height: 1.5; max-width: 46rem; margin: 0 0 .6rem; }}
.sv-note {{ border-left: 4px solid var(--rule); padding: .15rem 0 .15rem .8rem; margin: .2rem 0;
  max-width: 46rem; }}
.sv-note.sv-warning {{ border-color: var(--warning); }}
.sv-note.sv-done {{ border-color: var(--good); }}
.sv-note.sv-demo {{ border: 1px solid var(--warning); border-left-width: 6px; max-width: none;
  padding: .5rem .9rem; border-radius: .35rem; background: var(--surface); }}
.sv-figures {{ display: grid; gap: 1rem 1.6rem; margin: .4rem 0 1rem;
  grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); }}
.sv-figure {{ border-top: 2px solid var(--text); padding-top: .55rem; min-width: 0; }}
.sv-figure h2 {{ font-size: .95rem; font-weight: 550; margin: 0; padding: 0; line-height: 1.35;
  min-height: 2.7em; display: flex; align-items: end; }}
.sv-figure h3 {{ font-size: .95rem; font-weight: 550; margin: 0; padding: 0; line-height: 1.35;
  min-height: 2.7em; display: flex; align-items: end; }}
.sv-range {{ position: relative; height: .9rem; margin: .35rem .4rem .45rem 0;
  border-bottom: 1px solid var(--muted); }}
.sv-range i, .sv-range b {{ position: absolute; bottom: 0; }}
.sv-range i {{ height: .9rem; background: var(--rule); border-inline: 2px solid var(--muted); }}
.sv-range b {{ width: .8rem; height: .8rem; bottom: .05rem; margin-left: -.4rem;
  border-radius: 50%; background: var(--accent); }}
[data-testid="stMultiSelect"] [data-tag] {{ background: var(--surface); color: var(--text);
  border: 1px solid var(--muted); }}
.sv-item h3 {{ font-size: 1rem; font-weight: 600; margin: 0 0 .2rem; padding: 0; }}
.sv-item .sv-state {{ margin: 0 0 .15rem; }}
.sv-value {{ font-size: 2.1rem; font-weight: 620; line-height: 1.25; margin: .15rem 0 0;
  font-variant-numeric: tabular-nums; letter-spacing: -.01em; }}
.sv-figure p {{ margin: 0 0 .15rem; }}
.sv-figure .sv-n, .sv-change {{ color: var(--muted); font-size: .9rem; }}
.sv-state {{ font-size: .9rem; font-weight: 550; color: var(--muted); }}
.sv-state.sv-good {{ color: var(--good); }} .sv-state.sv-warning {{ color: var(--warning); }}
.sv-state.sv-late {{ color: var(--late); }}
.sv-figure details {{ font-size: .875rem; margin-top: .25rem; }}
.sv-figure details p {{ font-size: .875rem; color: var(--muted); }}
.sv-figure summary {{ color: var(--accent); cursor: pointer; text-decoration: underline; }}
.sv-scroll {{ overflow-x: auto; }}
.sv-table {{ border-collapse: collapse; width: 100%; font-size: .9rem;
  font-variant-numeric: tabular-nums; }}
.sv-table caption {{ text-align: left; color: var(--muted); padding-bottom: .3rem; }}
.sv-table caption.sv-for-screen-readers {{ position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
.sv-table th {{ text-align: left; font-weight: 600; vertical-align: bottom;
  border-bottom: 2px solid var(--text); padding: .3rem .7rem .3rem 0; }}
.sv-table td, .sv-table tbody th {{ border-bottom: 1px solid var(--rule); vertical-align: top;
  padding: .32rem .7rem .32rem 0; font-weight: 400; overflow-wrap: break-word; }}
.sv-table tbody th {{ overflow-wrap: anywhere; min-width: 8rem; }}
.sv-table .sv-number {{ text-align: right; }}
.sv-table tbody th {{ min-width: 10rem; font-weight: 550; }}
[data-testid="stElementContainer"]:has(> .stHtml > .sv-beside) {{ flex-basis: 15rem; }}
[data-testid="stElementContainer"]:has(> .stHtml > .sv-beside > .sv-rule) {{ flex-basis: 18rem; }}
.sv-item {{ margin: 0; }}
.sv-item .sv-where {{ font-weight: 600; margin: 0; overflow-wrap: anywhere; }}
.sv-item .sv-age {{ color: var(--late); font-weight: 600; margin: 0; }}
.sv-item blockquote {{ margin: .4rem 0; padding: 0 0 0 .8rem; border-left: 3px solid var(--rule);
  white-space: pre-wrap; overflow-wrap: anywhere; color: var(--text); max-width: 46rem; }}
[class*="st-key-rule-G1"] {{ margin-top: 1rem; }}
.sv-rule {{ display: grid; gap: .1rem 1rem;
  grid-template-columns: minmax(min-content, 9.5rem) minmax(50%, 1fr); }}
.sv-rule h2 {{ font-size: 1rem; font-weight: 600; margin: 0; padding: 0; line-height: 1.35; }}
.sv-rule .sv-state {{ grid-row: span 3; }}
[data-testid="stMain"] [data-testid="stPageLink"] a {{ padding-inline: 0; }}
[data-testid="stMain"] [data-testid="stPageLink"] p {{ color: var(--accent);
  text-decoration: underline; white-space: normal; }}
.sv-keys {{ display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .875rem; margin: 0; }}
.sv-key {{ display: inline-flex; align-items: center; gap: .4rem; }}
.sv-swatch {{ width: .85rem; height: .85rem; border: 1px solid var(--text); flex: none; }}
.sv-swatch.sv-late {{ background-image: repeating-linear-gradient(135deg, transparent 0 3px,
  var(--surface) 3px 5px); }}
.sv-swatch.sv-ramp2 {{ background-image: repeating-linear-gradient(0deg, transparent 0 4px,
  var(--background) 4px 5px); }}
.sv-swatch.sv-ramp3 {{ background-image: radial-gradient(var(--background) 1px, transparent 1.2px);
  background-size: 4px 4px; }}
.sv-foot {{ border-top: 1px solid var(--rule); margin-top: 1.5rem; padding-top: .8rem;
  color: var(--muted); font-size: .875rem; line-height: 1.6; }}
.sv-foot p {{ margin: 0; font-size: inherit; }}
.sv-download {{ display: inline-block; padding: .35rem 0; }}
[data-testid="stHtml"] a {{ color: var(--accent); }}
[data-testid="stHtml"] p {{ margin: 0; }}
[data-testid="stHtml"] ul, [data-testid="stHtml"] ol {{ margin-bottom: 0; }}
[data-testid="stHtml"] h4 {{ font-size: 1rem; font-weight: 600; margin: 0; padding: .3rem 0 0; }}
[data-testid="stHtml"] .sv-signs {{ list-style: none; padding-left: 0; }}
.sv-signs li {{ margin-left: 0; }}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {{ gap: .75rem; }}
[data-testid="stHeading"] h2 {{ padding: 1.1rem 0 .4rem; }}
[data-testid^="stBaseButton-primary"] {{ color: var(--surface); }}
/* Streamlit takes the outline away, and leaves half a shade of it or nothing. */
:is(a, button, summary, canvas, main, [tabindex], [role="spinbutton"]):focus-visible {{
  outline: 3px solid var(--accent) !important; outline-offset: 2px !important; }}
:is(main, input, textarea, canvas, .sv-scroll):focus-visible {{
  outline: 3px solid var(--accent) !important; outline-offset: -3px !important; }}
label:has(input:focus-visible), [data-testid="stDataFrame"]:focus-within {{
  outline: 3px solid var(--accent); outline-offset: 2px; }}
/* A closed menu must not take twenty steps of the keyboard; an open one can be shut. */
[data-testid="stSidebar"][data-collapsed="true"] {{ visibility: hidden; }}
[data-testid="stSidebarCollapseButton"] {{ display: inline !important;
  visibility: visible !important; }}
@media (max-width: 640px) {{ .sv-rule {{ grid-template-columns: 1fr; }}
  .sv-finding {{ font-size: 1.08rem; }}
  .st-key-guide-questions .sv-table tbody th {{ min-width: 5.5rem; }}
  .sv-figures {{ grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }}
  .sv-value {{ font-size: 1.55rem; }}
  [data-testid="stMainBlockContainer"] {{ padding: 3.4rem 1rem 2rem; }} }}
</style>"""


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def palette() -> Palette:
    """The colours for the theme in use; light until the browser has told."""
    return DARK if _is_dark() else LIGHT


def apply() -> None:
    """Put our styles on the page; once per run, in the frame."""
    scheme = "dark" if _is_dark() else "light"
    st.html(_STYLE.format(scheme=scheme, variables=_VARIABLES))
