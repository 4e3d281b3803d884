"""Names of files as people may read and save them."""

import re
import unicodedata

LONGEST = 255
_NAMELESS = "файл"
# Direction marks and other invisible characters make `gpj.exe` look like `exe.jpg`.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
# What Windows runs when it is opened; an attached file must never be one click from that.
PROGRAMS = frozenset({
    "application", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf", "jar", "js", "jse",
    "lnk", "msi", "msix", "msp", "pif", "ps1", "reg", "scf", "scr", "url", "vbe", "vbs", "wsf", "wsh",
})  # fmt: skip


def clean_name(text: str) -> str:
    """The last part of a path without what no file system or eye can bear, at most 255 characters with the ending."""
    name = unicodedata.normalize("NFC", text).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if sign in "\t\n\r" else sign for sign in name if sign in "\t\n\r" or _is_seen(sign))
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(" .") or _NAMELESS
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name)


def extension_of(name: str) -> str:
    """The ending in lower case without the dot, empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def is_program(name: str) -> bool:
    return extension_of(name) in PROGRAMS


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:LONGEST].rstrip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"
