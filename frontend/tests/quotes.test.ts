import { expect, it } from "vitest";
import { innerQuotes } from "../src/ui/quotes";
import { i18next } from "../src/ui/texts";
import "../src/app/sign/words";

it.each([
  ["в «ООО «Ромашка»»", "в «ООО „Ромашка“»"],
  ['в «ООО "Ромашка"»', "в «ООО „Ромашка“»"],
  ["в «ООО „Ромашка“»", "в «ООО „Ромашка“»"],
  ["из «А» в «Б»", "из «А» в «Б»"],
  ['без кавычек "Ромашка"', 'без кавычек "Ромашка"'],
  ["«🙂 «Ромашка»», «Лютик»", "«🙂 „Ромашка“», «Лютик»"],
])("%s", (told, written) => expect(innerQuotes(told)).toBe(written));

it("a company is invited to by its name in inner marks", () => {
  const title = i18next.t("sign:inviteTitle", { company: "ООО «Гамма-Сервис»" });
  expect(title).toBe("Вас приглашают в «ООО „Гамма-Сервис“»");
});
