import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button";
import "./words";

interface WindowBarProps {
  title: string;
  onTurn: (by: number) => void;
  onToday: () => void;
  children: ReactNode;
}

/** Which stretch of time is in sight: earlier, today, later, and how much of it. */
export function WindowBar({ title, onTurn, onToday, children }: WindowBarProps) {
  const { t } = useTranslation("displays");
  return (
    <div className="winbar">
      <IconButton icon="chevron-left" label={t("earlier")} small onClick={() => onTurn(-1)} />
      <IconButton icon="chevron-right" label={t("later")} small onClick={() => onTurn(1)} />
      <Button size="sm" look="quiet" onClick={onToday} data-testid="window-today">
        {t("today")}
      </Button>
      <h2 data-testid="window-title">{title}</h2>
      <span className="grow" />
      {children}
    </div>
  );
}
