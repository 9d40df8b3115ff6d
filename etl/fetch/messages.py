"""What went wrong and what mends it, in plain Norwegian. No word of an API's own is passed on."""

from __future__ import annotations

import math

from etl.fetch import facebook, instagram
from etl.fetch.client import Failure
from etl.fetch.credentials import CHANNELS, NAMES
from svarvakt.platforms import NAMES as SHOWN

HOSTS = {
    "facebook": "graph.facebook.com",
    "instagram": "graph.facebook.com",
    "youtube": "www.googleapis.com",
}
WHERE = "docs/fetching.md viser hvordan."
NEEDED = {
    "facebook": facebook.PERMISSIONS,
    "instagram": instagram.PERMISSIONS,
    "youtube": (),
}

WORDS = {
    "expired": "Nøkkelen er utløpt eller trukket tilbake (den som laget den, kan ha byttet passord "
    "eller mistet rollen på siden). Lag en ny nøkkel og legg den i {name}. {where}",
    "malformed_key": "Nøkkelen i {name} har tegn som ingen nøkkel har, for eksempel mellomrom "
    "eller linjeskift. Kopier den på nytt.",
    "not_linked": "Nøkkelen åpner ingen Facebook-side som er koblet til en Instagram-konto. "
    "Instagram-kontoen må være en bedriftskonto og koblet til siden i Meta Business Suite.",
    "not_found": "{platform} finner ikke siden eller kontoen. Sjekk at den er publisert, at navnet "
    "er riktig skrevet, og at nøkkelen gjelder den.",
    "quota": "Dagens kvote hos YouTube er brukt opp. Den fylles på ved midnatt i California, "
    "klokken 9 om morgenen i Norge. Prøv igjen etter det.",
    "bad_key": "YouTube godtar ikke nøkkelen. Lag en ny API-nøkkel og legg den i {name}. {where}",
    "not_enabled": "«YouTube Data API v3» er ikke slått på i prosjektet som nøkkelen hører til. "
    "Slå den på i Google Cloud Console.",
    "key_limited": "YouTube sier nei til denne nøkkelen. Den kan være begrenset til andre maskiner "
    "eller andre tjenester. Se på begrensningene i Google Cloud Console.",
    "comments_disabled": "Kommentarfeltet er stengt hos YouTube, så det er ingenting å hente.",
    "unreachable": "Fikk ikke kontakt med {platform}. Sjekk nettet. Brannmuren må slippe ut "
    "trafikk til {host} på port 443.",
    "slow": "{platform} svarte ikke i tide. Prøv igjen senere. Skjer det hver gang, kan brannmuren "
    "stoppe trafikken til {host}.",
    "damaged": "Svaret fra {platform} var ikke helt, flere ganger på rad. Prøv igjen senere. Skjer "
    "det hver gang, kan en mellomtjener i nettet deres endre svarene fra {host}.",
    "temporary": "{platform} har en feil hos seg selv nå. Prøv igjen om en stund.",
    "too_much": "{platform} klarer ikke å gi oss ett av innleggene, det har for mye under seg. "
    "Hent en kortere periode med --since.",
    "endless": "{platform} gav oss den samme siden om igjen. Ingenting er lagret. Prøv igjen "
    "senere.",
    "refused": "{platform} godtok ikke spørsmålet vårt. Det kan være at tjenesten er endret. Se "
    "etter en nyere utgave av Svarvakt.",
}


def problem(failure: Failure, platform: str, name: str) -> str:
    """One failure as a sentence and its mend; `name` is where the key is set."""
    if failure.kind == "permission":
        return _permission(failure, platform, name)
    if failure.kind == "rate_limit":
        return _try_again(failure, platform)
    if failure.kind == "unknown_field":
        return (
            f"{SHOWN[platform]} kjenner ikke feltet «{', '.join(failure.names)}», og uten det kan "
            "vi ikke hente. Se etter en nyere utgave av Svarvakt."
        )
    words = WORDS[failure.kind]
    return words.format(platform=SHOWN[platform], host=HOSTS[platform], name=name, where=WHERE)


def _permission(failure: Failure, platform: str, name: str) -> str:
    missing = failure.names or NEEDED[platform]
    start = "Nøkkelen mangler" if failure.names else "Nøkkelen mangler minst én av"
    return (
        f"{start} tillatelsen{'e' if len(missing) > 1 else ''} {', '.join(missing)}. Lag en ny "
        f"nøkkel med den, og legg den i {name}. {WHERE}"
    )


def _try_again(failure: Failure, platform: str) -> str:
    when = "om en time"
    if failure.wait:
        minutes = math.ceil(failure.wait / 60)
        when = "om ett minutt" if minutes == 1 else f"om {minutes} minutter"
    return f"{SHOWN[platform]} tar ikke imot flere spørsmål fra oss akkurat nå. Prøv igjen {when}."


def no_key(platform: str) -> str:
    """Where to put the key that is missing."""
    return (
        f"Det er ikke satt noen nøkkel til {SHOWN[platform]}. Legg den i miljøvariabelen "
        f"{NAMES[platform]}. {WHERE}"
    )


def no_channel() -> str:
    """Where to say which channels are the municipality's."""
    return (
        "Det er ikke sagt hvilken YouTube-kanal som skal hentes. Registrer kanalen på siden "
        f"«Kontoregister», eller skriv den i miljøvariabelen {CHANNELS}."
    )


def no_such_account(account: str) -> str:
    """The one account that was asked for is behind none of the keys."""
    return f"Ingen av nøklene gjelder {account}."


def no_authors(platform: str) -> str:
    """The warning when no comment says who wrote it."""
    right = {"facebook": "pages_read_user_content", "instagram": "instagram_manage_comments"}
    lacking = f" Tillatelsen {right[platform]} kan mangle." if platform in right else ""
    return (
        "Ingen av kommentarene sier hvem som skrev dem. Da kan vi ikke se hva som er besvart."
        f"{lacking}"
    )


def left_out(platform: str, fields: set[str]) -> str:
    """The warning when fields had to be left out."""
    return (
        f"{SHOWN[platform]} kjenner ikke lenger {', '.join(f'«{one}»' for one in sorted(fields))}. "
        "Resten er hentet."
    )
