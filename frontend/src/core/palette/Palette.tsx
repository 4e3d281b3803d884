import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { IconButton } from "../../ui/button";
import { trapTab } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { isAsked, isTooShort, searchPage } from "../search/search";
import type { Commands } from "./command";
import { type Line, useLines } from "./lines";
import { PaletteFoot } from "./PaletteFoot";
import { PaletteLine } from "./PaletteLine";
import "./palette.css";
import "./words";

interface PaletteProps {
  commands: Commands;
  onClose: () => void;
}

/** Ctrl+K: find any card or person, go anywhere, run anything. */
export function Palette({ commands, onClose }: PaletteProps) {
  const { t } = useTranslation("palette");
  const { t: search } = useTranslation("search");
  const id = useId();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { groups, shownFor, nothing, settled, error } = useLines(text, commands);
  const all = groups.flatMap((group) => group.lines);
  const here = Math.min(at ?? 0, all.length - 1);
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

  const go = (to: string, beside: boolean) => {
    if (beside) window.open(to, "_blank", "noopener");
    else void navigate({ to } as never);
  };
  const run = (line: Line | undefined, beside: boolean) => {
    if (!line) return;
    if (!beside) onClose();
    if (line.to) go(line.to, beside);
    else if ("command" in line) line.command.run();
  };
  /** Found cards are on their way: Enter must not take what stands in their place now. */
  const enter = (beside: boolean) => {
    const isSure = settled || at !== null || groups[0]?.title === t("first");
    if (isSure || !isAsked(text)) return run(current, beside);
    if (!beside) onClose();
    go(searchPage(text.trim()), beside);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    trapTab(event);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    if (event.key === "Enter") enter(event.ctrlKey || event.metaKey);
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
      <div className="pal" role="dialog" aria-modal aria-label={t("title")} onKeyDown={press}>
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
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(null);
            }}
            data-testid="palette-input"
          />
          <span className="pal-x">
            <IconButton icon="x" label={t("closeIt")} small onClick={onClose} />
          </span>
        </div>
        <div className="pal-list" ref={list}>
          {shownFor && (
            <p className="pal-say" role="status">
              {search("shownFor", { text: shownFor })}
            </p>
          )}
          {error !== null && (
            <p className="pal-say" role="alert">
              {sentenceOf(error)}
            </p>
          )}
          {isTooShort(text) && (
            <p className="pal-say" role="status">
              {search("tooShort")}
            </p>
          )}
          {nothing && (
            <p className="pal-say" role="status">
              {t("nothing")}
            </p>
          )}
          <div role="listbox" id={id} aria-label={t("title")}>
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a group inside a listbox has no native element.
              <div key={group.title} role="group" aria-label={group.title}>
                <div className="pal-g" aria-hidden>
                  {group.title}
                </div>
                {group.lines.map((line) => (
                  <PaletteLine
                    key={line.key}
                    id={`${id}-${line.key}`}
                    line={line}
                    chosen={line === current}
                    onPoint={() => setAt(all.indexOf(line))}
                    onPress={(beside) => run(line, beside)}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
        <PaletteFoot />
      </div>
    </div>,
    document.body,
  );
}
