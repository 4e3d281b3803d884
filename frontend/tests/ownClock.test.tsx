import { QueryClientProvider } from "@tanstack/react-query";
import { render, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { useOwnClock } from "../src/core/notices/zone";
import { cache } from "../src/core/session/cache";
import { problem, type Reply, serve } from "./server";

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ELSEWHERE = HERE === "Asia/Tokyo" ? "Asia/Omsk" : "Asia/Tokyo";

function Clock() {
  useOwnClock();
  return null;
}

function open(companys: string, reply: Reply = { body: {} }) {
  cache.setQueryData(["me"], { id: 5, company: { time_zone: companys } });
  const asked = serve({ "PATCH notices/settings/": reply });
  render(
    <QueryClientProvider client={cache}>
      <Clock />
    </QueryClientProvider>,
  );
  return asked;
}

describe("the clock by which letters tell moments", () => {
  beforeEach(() => {
    cache.clear();
    localStorage.clear();
  });

  it("is said once when it is not the company's", async () => {
    const asked = open(ELSEWHERE);
    await waitFor(() => expect(localStorage.getItem("pult.zone.5")).toBe(HERE));
    expect(asked.map((call) => call.body)).toEqual([{ time_zone: HERE }]);
    expect(open(ELSEWHERE)).toEqual([]);
  });

  it("is not said when it is the company's", () => {
    expect(open(HERE)).toEqual([]);
  });

  it("is said again when somebody is back", async () => {
    localStorage.setItem("pult.zone.5", ELSEWHERE);
    const asked = open(HERE);
    await waitFor(() => expect(localStorage.getItem("pult.zone.5")).toBe(HERE));
    expect(asked.map((call) => call.body)).toEqual([{ time_zone: HERE }]);
  });

  it("disturbs nobody when the server does not know it", async () => {
    const asked = open(ELSEWHERE, problem(422, "invalid"));
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(localStorage.getItem("pult.zone.5")).toBeNull();
  });
});
