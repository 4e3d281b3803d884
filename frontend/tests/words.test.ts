import { describe, expect, it } from "vitest";
import { emailsIn } from "../src/app/settings/people/emails";
import { fromWire, mentionAt, piecesOf, toWire } from "../src/core/comments/mentions";
import { accentFamily } from "../src/ui/accent";
import { nearText, sizeText, spanText } from "../src/ui/format";
import { inOtherLayout } from "../src/ui/layout";

const anna = {
  id: 1,
  name: "Крылова А. С.",
  full_name: "Крылова Анна",
  initials: "КА",
  photo_url: null,
  is_active: true,
};
const petr = {
  id: 12,
  name: "Крылова А.",
  full_name: "Крылова Алла",
  initials: "КА",
  photo_url: null,
  is_active: true,
};

describe("mentions", () => {
  it("go to the server as numbers and come back as names", () => {
    const wire = toWire("@Крылова А. С. и @Крылова А. посмотрите", [petr, anna]);
    expect(wire).toBe("@[1] и @[12] посмотрите");
    expect(fromWire(wire, [anna, petr])).toBe("@Крылова А. С. и @Крылова А. посмотрите");
  });
  it("keep markup as text and unknown numbers as they are", () => {
    expect(piecesOf("<b>@[1]</b> @[99]", [anna])).toEqual([
      { text: "<b>" },
      { person: anna },
      { text: "</b> @[99]" },
    ]);
  });
  it("are offered after «@» at the start of a word only", () => {
    expect(mentionAt("привет @кры", 11)).toEqual({ start: 7, search: "кры" });
    expect(mentionAt("a@b", 3)).toBeNull();
  });
});

describe("a company's colour", () => {
  const luminance = (hex: string): number => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    const [r = 0, g = 0, b = 0] = parts.map((x) =>
      x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [hi = 0, lo = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
  };
  it.each(["#ffff00", "#000000", "#ffffff", "#e6007e", "#0b6a62", "#7fd1ff"])(
    "%s can be read in both themes",
    (hex) => {
      for (const dark of [false, true]) {
        const family = accentFamily(hex, dark) ?? {};
        expect(
          contrast(family["--on-accent"] ?? "", family["--accent"] ?? ""),
        ).toBeGreaterThanOrEqual(4.5);
        expect(
          contrast(family["--accent-text"] ?? "", dark ? "#191a19" : "#ffffff"),
        ).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
  it("is ignored when it is no colour", () => {
    expect(accentFamily("red;}body{", false)).toBeNull();
  });
});

describe("words of the interface", () => {
  const now = new Date(2026, 10, 20, 12, 0);
  it("say near days by name", () => {
    expect(nearText(new Date(2026, 10, 20, 18, 0), now)).toBe("сегодня, 18:00");
    expect(nearText(new Date(2026, 10, 19, 9, 5), now)).toBe("вчера, 09:05");
    expect(nearText(new Date(2026, 10, 25, 9, 5), now)).toBe("25.11.2026");
  });
  it("say how long is left and how late it is", () => {
    expect(spanText(new Date(2026, 10, 20, 17, 40).toISOString(), now)).toBe(
      "осталось 5\u00a0ч 40\u00a0мин",
    );
    expect(spanText(new Date(2026, 10, 18, 9, 0).toISOString(), now)).toBe(
      "просрочено на 2\u00a0д 3\u00a0ч",
    );
  });
  it("measure files with a decimal comma", () => {
    expect(sizeText(188_416)).toBe("184\u00a0КБ");
    expect(sizeText(2_202_009)).toBe("2,1\u00a0МБ");
  });
  it("understand the wrong layout", () => {
    expect(inOtherLayout("ghbdtn")).toBe("привет");
    expect(inOtherLayout("ыуеештпы")).toBe("settings");
  });
  it("find addresses in a pasted column", () => {
    expect(emailsIn("Иван <IVAN@a.ru>; petr@b.com\npetr@b.com, без почты")).toEqual([
      "ivan@a.ru",
      "petr@b.com",
    ]);
  });
});
