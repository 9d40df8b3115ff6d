// What Streamlit's page lacks for readers who listen, zoom or use the keyboard alone.
// `WORDS` is filled in by ui/mend.py: language → Streamlit's English words → ours.
(() => {
  const words = WORDS;
  const parameter = "PARAMETER";
  const main = () => document.getElementById("stMain");
  const given = new WeakMap(); // node → what Streamlit wrote there, and what we made of it

  const language = () => {
    const chosen = new URLSearchParams(location.search).get(parameter);
    return words[chosen] ? chosen : "DEFAULT";
  };

  // «Help for X» is known by its first words, with {} for the rest.
  const said = (text, table) => {
    if (text in table) return table[text];
    for (const [known, ours] of Object.entries(table)) {
      const head = known.split("{}")[0];
      if (known.endsWith("{}") && text.startsWith(head)) {
        return ours.replace("{}", text.slice(head.length));
      }
    }
    return text;
  };

  const reword = (node, name, text, write, table) => {
    const known = given.get(node) || {};
    if (!known[name] || known[name].ours !== text) known[name] = { theirs: text };
    const ours = said(known[name].theirs, table);
    known[name].ours = ours;
    given.set(node, known);
    if (ours !== text) write(ours);
  };

  const speak = (table) => {
    for (const name of ["aria-label", "placeholder"]) {
      for (const node of document.querySelectorAll(`[${name}]`)) {
        const text = node.getAttribute(name);
        reword(node, name, text, (ours) => node.setAttribute(name, ours), table);
      }
    }
    const loose =
      '[data-testid="stSkipToContent"], [data-testid="stFileUploaderDropzone"] button span,' +
      '[data-testid="stFileUploaderDropzone"] button p, [data-testid="stSelectboxVirtualDropdown"] *';
    for (const node of document.querySelectorAll(loose)) {
      for (const part of node.childNodes) {
        if (part.nodeType !== Node.TEXT_NODE) continue;
        reword(part, "text", part.data, (ours) => (part.data = ours), table);
      }
    }
  };

  const shape = () => {
    const pages = document.querySelector(".st-key-pages");
    if (pages && !pages.hasAttribute("role")) {
      pages.setAttribute("role", "navigation");
      pages.setAttribute("aria-label", "App pages");
    }
    // A name on something that says it is nothing: a group is what it is.
    for (const zone of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role]')) {
      if (zone.getAttribute("role") === "presentation") zone.setAttribute("role", "group");
    }
    // The words on a button for files are drawn by a style (ui/uploading.py): not everybody hears those.
    for (const words of document.querySelectorAll('[data-testid="stFileUploaderDropzone"] button p')) {
      const drawn = getComputedStyle(words, "::after").content.replace(/^"|"$/g, "");
      const button = words.closest("button");
      if (drawn !== "none" && drawn !== "normal" && button.getAttribute("aria-label") !== drawn) {
        button.setAttribute("aria-label", drawn);
      }
    }
  };

  // Where the thing that had the focus is gone, a keyboard would have to start at the top.
  const toggles = '[data-testid="stSidebarCollapseButton"] button, [data-testid="stExpandSidebarButton"]';
  const usable = "button:not([disabled]), a[href], input, textarea, [tabindex='0']";
  const isSeen = (node) => node.isConnected && node.checkVisibility({ visibilityProperty: true });
  const firstSeen = (...selectors) => {
    for (const selector of selectors.filter(Boolean)) {
      const found = [...document.querySelectorAll(selector)].find(isSeen);
      if (found) return found;
    }
    return main();
  };
  let last = null;
  let wanted = []; // where the focus may go on when `last` is gone, the best first
  let byKeyboard = false;
  document.addEventListener("keydown", () => (byKeyboard = true), true);
  document.addEventListener("pointerdown", () => (byKeyboard = false), true);
  document.addEventListener("focusin", (event) => {
    last = event.target;
    if (last.matches(toggles)) {
      wanted = [toggles];
      return;
    }
    const keyed = last.closest('[class*="st-key-"]');
    const key = keyed && [...keyed.classList].find((name) => name.startsWith("st-key-"));
    wanted = [key && `.${CSS.escape(key)} :is(${usable})`, ".st-key-said button"];
  });
  const keepPlace = () => {
    if (!byKeyboard || !last || isSeen(last) || document.activeElement !== document.body) return;
    if (document.querySelector('[data-test-script-state="running"]')) return;
    firstSeen(...wanted)?.focus();
  };

  // On a narrow screen the menu covers the page: whoever has chosen one wants to see it.
  document.addEventListener("click", (event) => {
    if (innerWidth > 768 || !event.target.closest(".st-key-pages a")) return;
    setTimeout(() => {
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    });
  });

  const mend = () => {
    const code = language();
    if (document.documentElement.lang !== code) document.documentElement.lang = code;
    shape();
    speak(words[code]);
    keepPlace();
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      mend();
    }, 50);
  };
  new MutationObserver(soon).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["aria-label", "placeholder", "role", "data-test-script-state"],
  });
  setInterval(mend, 500); // the address may change without the page
  mend();
})();
