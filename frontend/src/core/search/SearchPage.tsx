import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SearchAnswer } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { useHotKeys } from "../../ui/keys";
import { useSettled } from "../people/people";
import { SearchResults } from "./SearchResults";
import { useSearchPages } from "./search";
import "./search.css";
import "./words";

interface Asked {
  q?: string;
  kind?: string;
}

/** Everything that is found by a text, at an address of its own. */
export function Screen() {
  const { t } = useTranslation("search");
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Asked;
  const [text, setText] = useState(asked.q ?? "");
  const settled = useSettled(text);
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(text);
  const kind = asked.kind ?? "";
  const pages = useSearchPages(asked.q ?? "", kind);

  const ask = (next: Asked) =>
    void navigate({
      to: ".",
      search: (old: Asked) => ({ ...old, ...next }),
      replace: true,
    } as never);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the address.
  useEffect(() => {
    if (settled !== typed.current) return;
    if (settled !== (asked.q ?? "")) ask({ q: settled });
  }, [settled]);
  // Another address, by «Back» or from the palette, brings its own words.
  useEffect(() => {
    if ((asked.q ?? "") === typed.current) return;
    typed.current = asked.q ?? "";
    setText(typed.current);
  }, [asked.q]);
  useEffect(() => {
    if (!field.current?.value) field.current?.focus();
  }, []);
  useHotKeys({ Slash: () => field.current?.focus() });

  const type = (value: string) => {
    typed.current = value;
    setText(value);
  };

  return (
    <div className="find">
      <header className="find-h">
        <h1 className="vh">{t("title")}</h1>
        <div className="inp box find-box">
          <Icon name="search" size={18} />
          <input
            ref={field}
            type="search"
            aria-label={t("field")}
            placeholder={t("placeholder")}
            autoComplete="off"
            value={text}
            onChange={(event) => type(event.target.value)}
            data-testid="search-input"
          />
          {text && (
            <IconButton
              icon="x"
              label={t("clear")}
              small
              onClick={() => {
                type("");
                field.current?.focus();
              }}
            />
          )}
        </div>
        <Kinds answer={pages.data?.pages[0]} kind={kind} onChoose={(code) => ask({ kind: code })} />
      </header>
      <div className="find-b">
        <SearchResults pages={pages} text={asked.q ?? ""} kind={kind} />
      </div>
    </div>
  );
}

interface KindsProps {
  answer: SearchAnswer | undefined;
  kind: string;
  onChoose: (code: string) => void;
}

/** Which cards are shown; kinds are those that this person may look for. */
function Kinds({ answer, kind, onChoose }: KindsProps) {
  const { t } = useTranslation("search");
  if (!answer || answer.kinds.length < 2) return null;
  const choices = [{ code: "", title: t("all") }, ...answer.kinds];
  return (
    <div className="seg find-kinds" role="radiogroup" aria-label={t("kinds")}>
      {choices.map(({ code, title }) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons that act at once.
        <button
          key={code}
          type="button"
          role="radio"
          aria-checked={code === kind}
          onClick={() => onChoose(code)}
          data-testid={`search-kind-${code || "all"}`}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
