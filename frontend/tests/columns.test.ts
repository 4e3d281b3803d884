import { describe, expect, it } from "vitest";
import { arranged, fittedTrack } from "../src/core/lists/columns";
import type { Column } from "../src/core/lists/EntityList";

type Row = { number: string };
const NUMBER: Column<Row> = {
  key: "number",
  title: "№",
  track: "80px",
  fitted: (row) => row.number,
  cell: (row) => row.number,
};
const pixels = (track: string) => Number.parseInt(track, 10);

describe("the column of numbers", () => {
  it("is as wide as the longest of them needs", () => {
    expect(fittedTrack(NUMBER, [{ number: "З-7" }])).toBe("80px");
    expect(fittedTrack(NUMBER, [])).toBe("80px");
    const masked = [{ number: "З-7" }, { number: "З-26/0024" }];
    expect(pixels(fittedTrack(NUMBER, masked))).toBeGreaterThanOrEqual(24 + 9 * 8);
    const endless = [{ number: "З".repeat(200) }];
    expect(pixels(fittedTrack(NUMBER, endless))).toBeLessThan(300);
  });

  it("stays as wide as it was made by hand", () => {
    const title = { ...NUMBER, key: "title" };
    const [, number] = arranged(
      [title, NUMBER],
      [{ code: "title" }, { code: "number", width: 60 }],
    );
    expect(number && fittedTrack(number, [{ number: "З-26/0024" }])).toBe("60px");
  });
});
