import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Gateway } from "../../../api/contract";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Status } from "../../../ui/marks";
import { secondsText } from "./seconds";
import "./words";

const FEW = 5;

/** What is written down of a service besides messages to people: checks, and troubles of the store. */
export function Lines({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation("gateways");
  const [isWhole, setWhole] = useState(false);
  const isStore = gateway.code === "store";
  if (gateway.lines.length === 0 && !isStore) return null;
  const shown = isWhole ? gateway.lines : gateway.lines.slice(0, FEW);
  return (
    <div className="exchange" data-testid={`lines-${gateway.code}`}>
      <h4>{t(isStore ? "storeLines" : "lines")}</h4>
      {isStore && <p className="hint">{t("storeLinesText")}</p>}
      {shown.length === 0 && <p className="hint">{t("noLines")}</p>}
      <ul>
        {shown.map((line) => (
          <Line key={line.at} line={line} />
        ))}
      </ul>
      {shown.length < gateway.lines.length && (
        <Button size="sm" onClick={() => setWhole(true)}>
          {t("all")}
        </Button>
      )}
    </div>
  );
}

function Line({ line }: { line: Gateway["lines"][number] }) {
  const { t } = useTranslation("gateways");
  const spent = t("seconds", { seconds: secondsText(line.duration_ms) });
  const facts = [line.to, spent, nearText(line.at)].filter(Boolean);
  return (
    <li className="sending" data-testid="line">
      <span className="el">
        {line.title} <span className="t3 num">· {facts.join(" · ")}</span>
      </span>
      <Status tone={line.error ? "red" : "green"}>{t(line.error ? "failed" : "fine")}</Status>
      {line.error && <span className="sending-error">{line.error}</span>}
    </li>
  );
}
