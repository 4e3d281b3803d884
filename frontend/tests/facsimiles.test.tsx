import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { FacsimileSection } from "../src/app/settings/prints/FacsimileSection";
import { base64Of } from "../src/core/prints/forms";
import { cache } from "../src/core/session/cache";
import { serve } from "./server";

const open = (content: string) => {
  const asked = serve({
    "PUT facsimiles/mine/": { body: { whose: "mine", content: "bmV3", width_mm: 40 } },
    "DELETE facsimiles/mine/": { status: 204 },
  });
  const one = { whose: "mine" as const, content, width_mm: 35 };
  cache.setQueryData(["facsimiles"], { results: [one] });
  render(
    <QueryClientProvider client={cache}>
      <FacsimileSection one={one} />
    </QueryClientProvider>,
  );
  return asked;
};

beforeEach(() => cache.clear());

it("a picture is kept with the width that it has on paper", async () => {
  const asked = open("");
  const user = userEvent.setup();
  expect(screen.getByText("Изображения нет")).toBeVisible();
  await user.clear(screen.getByLabelText("Ширина на бумаге, мм"));
  await user.type(screen.getByLabelText("Ширина на бумаге, мм"), "40");
  const file = new File(["подпись"], "подпись.png", { type: "image/png" });
  await user.upload(screen.getByTestId("facsimile-mine-input"), file);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.body).toEqual({ content: await base64Of(file), width_mm: 40 });
});

it("a width that no paper has is refused before anything is sent", async () => {
  const asked = open("aGVyZQ==");
  const user = userEvent.setup();
  await user.clear(screen.getByLabelText("Ширина на бумаге, мм"));
  await user.type(screen.getByLabelText("Ширина на бумаге, мм"), "900");
  await user.click(screen.getByText("Изменить ширину"));
  expect(screen.getByText("Укажите ширину от 10 до 80 мм")).toBeVisible();
  expect(asked).toEqual([]);
});

it("a picture is taken away", async () => {
  const asked = open("aGVyZQ==");
  await userEvent.setup().click(screen.getByTestId("facsimile-mine-remove"));
  await waitFor(() => expect(asked.map(({ method }) => method)).toEqual(["DELETE"]));
});
