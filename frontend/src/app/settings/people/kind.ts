import type { Employee, Page } from "../../../api/contract";
import { get } from "../../../api/request";
import type { Finder } from "../../../core/entities/house";
import { refOf } from "../../../core/entities/kind";
import { COLLEAGUES, personOf } from "../../../core/people/people";
import type { Tone } from "../../../ui/marks";
import { i18next } from "../../../ui/texts";
import "./words";

/** The address leads on to their page in the settings. */
export const PEOPLE = COLLEAGUES;

/** The tone of a base, for statuses that the company has not painted. */
export const toneOfBase = (base: string): Tone => (base === "blocked" ? "red" : "green");

export const peopleFinder: Finder = {
  code: PEOPLE.code,
  title: i18next.t("staff:colleagues"),
  icon: "users",
  find: async (search, signal) => {
    const query = { search, is_active: true, limit: 6 };
    const page = await get<Page<Employee>>("employees/", { query, signal });
    return page.results.map((one) => ({
      key: refOf(PEOPLE, one.id),
      title: personOf(one).full_name,
      note: [one.position?.title, one.department?.title].filter(Boolean).join(" · "),
      to: `${PEOPLE.route}/${one.id}`,
    }));
  },
};
