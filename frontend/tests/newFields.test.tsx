import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ShownField } from "../src/api/contract";
import { NewFields } from "../src/core/fields/NewFields";
import {
  type NewValues,
  newBody,
  standingIn,
  useNewFields,
  wrongValues,
} from "../src/core/fields/newValues";
import { cache } from "../src/core/session/cache";
import { DOCUMENTS } from "../src/modules/documents/document";
import { serve } from "./server";

const field = (code: string, type: ShownField["type"], more: Partial<ShownField> = {}) =>
  ({
    id: 1,
    code,
    title: code,
    type,
    group: "",
    hint: "",
    card_types: [],
    settings: {},
    can_write: true,
    is_filterable: false,
    required_at: [],
    default: null,
    ...more,
  }) as ShownField;

const SORTS = field("sorts", "list", {
  settings: {
    options: [
      { code: "a", title: "Почта" },
      { code: "b", title: "Курьер" },
    ],
  },
});

describe("own fields of a new card", () => {
  it("are sent when they were touched, an emptied one as nothing", () => {
    const fields = [field("sum", "money"), field("flag", "flag"), field("text", "text"), SORTS];
    const values: NewValues = { sum: "1 500,5", flag: "no", sorts: [] };
    expect(newBody(fields, values)).toEqual({ sum: "1500.5", flag: false, sorts: null });
  });

  it("begin with what such cards begin with", () => {
    expect(standingIn(field("f", "flag", { default: false }), {})).toBe("no");
    expect(standingIn(field("n", "number", { default: "3.50" }), {})).toBe("3,5");
    expect(standingIn(field("n", "number", { default: "3.50" }), { n: "" })).toBe("");
  });

  it("are looked over before they are sent", () => {
    const fields = [field("sum", "money"), field("day", "date"), field("words", "text")];
    const wrong = wrongValues(fields, { sum: "много", day: "вчера", words: "много" });
    expect(Object.keys(wrong)).toEqual(["sum", "day"]);
  });
});

function Form({ type }: { type: string }) {
  const [values, setValues] = useState<NewValues>({});
  const fields = useNewFields(DOCUMENTS, type);
  return (
    <>
      <NewFields fields={fields} values={values} errors={{}} onChange={setValues} />
      <output>{JSON.stringify(newBody(fields, values))}</output>
    </>
  );
}

beforeEach(() => cache.clear());

it("only those of the type that may be filled now stand in the form", async () => {
  const results = [
    field("place", "text", { card_types: ["minutes"] }),
    field("other", "text", { card_types: ["order"] }),
    field("scan", "file"),
    field("total", "formula"),
    field("shut", "text", { can_write: false }),
    SORTS,
  ];
  serve({ "GET fields/": { body: { results, card_types: [] } } });
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={cache}>
      <Form type="minutes" />
    </QueryClientProvider>,
  );
  await user.type(await screen.findByLabelText("place"), "Зал");
  await user.selectOptions(screen.getByLabelText("sorts"), "Курьер");
  expect(screen.getByRole("status")).toHaveTextContent('{"place":"Зал","sorts":["b"]}');
  for (const name of ["other", "scan", "total", "shut"]) {
    expect(screen.queryByLabelText(name)).toBeNull();
  }
});
