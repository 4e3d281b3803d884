import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/request";
import type { Announced } from "../../api/support";
import { Icon } from "../../ui/icon";
import { memory } from "../../ui/store";
import "./support.css";
import "./words";

const ASKED_EVERY_MS = 10 * 60_000;
const HIDDEN = "pult.news";

const hiddenNow = (): number[] =>
  (memory.read(HIDDEN) ?? "").split(",").filter(Boolean).map(Number);

/** What the service tells everybody; whoever has read it hides it in this browser. */
export function NewsBanner() {
  const { t } = useTranslation("support");
  const [hidden, setHidden] = useState(hiddenNow);
  const told = useQuery({
    queryKey: ["announcements"],
    staleTime: ASKED_EVERY_MS,
    refetchInterval: ASKED_EVERY_MS,
    queryFn: async () => (await get<{ results: Announced[] }>("announcements/")).results,
  }).data;
  const hide = (id: number) => {
    const kept = [...hidden, id].slice(-50);
    memory.write(HIDDEN, kept.join(","));
    setHidden(kept);
  };
  return (told ?? [])
    .filter(({ id }) => !hidden.includes(id))
    .map(({ id, text, tone }) => (
      <section
        key={id}
        className={`told tone-${tone === "warning" ? "amber" : "blue"}`}
        aria-label={t("news")}
        data-testid="news-banner"
      >
        <Icon name={tone === "warning" ? "circle-alert" : "bell"} />
        <span className="told-text">{text}</span>
        <button type="button" className="link" onClick={() => hide(id)}>
          {t("hide")}
        </button>
      </section>
    ));
}
