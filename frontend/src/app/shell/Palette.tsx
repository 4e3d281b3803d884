import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Employee, Page } from "../../api/contract";
import { get } from "../../api/request";
import type { Found } from "../../core/entities/module";
import { useAwaited } from "../../core/people/awaiting";
import { personOf, useSettled } from "../../core/people/people";
import { useMe } from "../../core/session/session";
import { trapTab } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { inOtherLayout } from "../../ui/layout";
import { modules } from "../modules";
import "../words";
import { answers, type Command, useCommands } from "./commands";
import "./palette.css";

/** One letter answers to everything. */
const SHORTEST = 2;

interface Group {
  title: string;
  commands: Command[];
}

/** Cards of every module and people; an empty answer is asked again in the other layout. */
function useFound(text: string) {
  const me = useMe();
  const settled = useSettled(text.trim());
  const on = modules.filter((one) =>
    me.modules.some((two) => two.code === one.code && two.enabled),
  );
  const query = useQuery({
    queryKey: ["palette", settled],
    enabled: settled.length >= SHORTEST,
    staleTime: 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const look = async (words: string): Promise<{ cards: Found[]; people: Employee[] }> => {
        const query = { search: words, is_active: true, limit: 5 };
        const [people, ...cards] = await Promise.all([
          get<Page<Employee>>("employees/", { query, signal }),
          ...on.map((module) => module.search?.(words, signal) ?? []),
        ]);
        return { people: people.results, cards: cards.flat() };
      };
      const found = await look(settled);
      const empty = found.people.length + found.cards.length === 0;
      return empty ? look(inOtherLayout(settled)) : found;
    },
  });
  const typed = text.trim();
  const short = typed.length < SHORTEST;
  const came = settled === typed && query.isFetched && !query.isPlaceholderData;
  return { found: short ? undefined : query.data, fresh: short || came };
}

/** What was found, then places and deeds; until the answer has come, of the former one what fits the letters of now. */
function useGroups(text: string): { groups: Group[]; fresh: boolean } {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const { places, deeds } = useCommands();
  const { found, fresh } = useFound(text);
  const typed = text.trim();
  const go = (to: string) => () => void navigate({ to } as never);
  const cards: Command[] = (found?.cards ?? []).map((card) => ({
    key: card.key,
    title: card.title,
    note: card.note,
    icon: "circle-check-big",
    run: go(card.to),
  }));
  const people: Command[] = (found?.people ?? []).map((employee) => ({
    key: `person-${employee.id}`,
    title: personOf(employee).full_name,
    note: employee.position?.title ?? "",
    icon: "user-round",
    run: go(`/settings/people/${employee.id}`),
  }));
  const fits = (command: Command) => !typed || answers(command, typed);
  const stands = (command: Command) => fresh || answers(command, typed);
  const groups = [
    { title: t("cards"), commands: cards.filter(stands) },
    { title: t("people"), commands: people.filter(stands) },
    { title: t("goTo"), commands: places.filter(fits).slice(0, typed ? 5 : 6) },
    { title: t("commands"), commands: deeds.filter(fits).slice(0, typed ? 6 : 4) },
  ].filter((group) => group.commands.length > 0);
  return { groups, fresh };
}

/** Ctrl+K: find any card or person, go anywhere, run anything. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { groups, fresh } = useGroups(text);
  const all = groups.flatMap((group) => group.commands);
  const here = Math.min(at, all.length - 1);
  const current = all[here];

  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line stays in sight.
  useEffect(() => {
    list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }, [here]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const awaited = useAwaited(text, fresh, () => run(all[0]));
  const press = (event: KeyboardEvent<HTMLElement>) => {
    trapTab(event);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    if (event.key === "Enter" && !current && !fresh) awaited.wait();
    else if (event.key === "Enter") run(current);
    if (event.key === "Escape") onClose();
    if (step === 0 && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
  };

  return createPortal(
    <div
      className="scrim palette"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div
        className="pal"
        role="dialog"
        aria-modal
        aria-label={t("paletteTitle")}
        onKeyDown={press}
      >
        <div className="pal-in">
          <Icon name="search" size={18} />
          <input
            // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type.
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-activedescendant={current ? `${id}-${current.key}` : undefined}
            aria-label={t("search")}
            placeholder={t("search")}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            data-testid="palette-input"
          />
        </div>
        <div className="pal-list" role="listbox" id={id} aria-label={t("paletteTitle")} ref={list}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group inside a listbox has no native element.
            <div key={group.title} role="group" aria-label={group.title}>
              <div className="pal-g">{group.title}</div>
              {group.commands.map((command) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above answers the keyboard.
                <div
                  key={command.key}
                  id={`${id}-${command.key}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={command === current}
                  className={command === current ? "pal-i on" : "pal-i"}
                  onPointerMove={() => setAt(all.indexOf(command))}
                  onClick={() => run(command)}
                >
                  <Icon name={command.icon} />
                  <span className="el">{command.title}</span>
                  <span className="m">{command.note}</span>
                </div>
              ))}
            </div>
          ))}
          {groups.length === 0 && fresh && <p className="hint pal-none">{t("nothing")}</p>}
        </div>
        <div className="pal-f">
          <span>
            <span className="kbd">↑</span>
            <span className="kbd">↓</span> {t("paletteMove")}
          </span>
          <span>
            <span className="kbd">Enter</span> {t("paletteOpen")}
          </span>
          <span>
            <span className="kbd">Esc</span> {t("paletteClose")}
          </span>
        </div>
      </div>
    </div>,
    document.body,
  );
}
