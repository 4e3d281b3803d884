import { describe, expect, it } from "vitest";
import { timeZones } from "../src/app/settings/timeZones";

const NOW = new Date("2026-11-20T12:00:00Z");
const labels = (current: string) => timeZones(current, NOW).map((zone) => zone.label);

describe("timeZones", () => {
  it("calls zones by Russian cities, from west to east", () => {
    const all = labels("Europe/Moscow");
    expect(all).toContain("Москва, UTC+3");
    expect(all).toContain("Владивосток, UTC+10");
    expect(all.indexOf("Калининград, UTC+2")).toBeLessThan(all.indexOf("Москва, UTC+3"));
    expect(all.filter((label) => label.includes("/"))).toEqual([]);
  });

  it("keeps a foreign zone that is set", () => {
    expect(labels("Asia/Kolkata")).toContain("Asia/Kolkata, UTC+5:30");
    expect(labels("America/Sao_Paulo")[0]).toBe("America/Sao Paulo, UTC−3");
    expect(labels("Europe/Moscow")).not.toContain("Asia/Kolkata, UTC+5:30");
  });
});
