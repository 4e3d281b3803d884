import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardNotices, Sending } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, put } from "../../api/request";
import { nearText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Status, type Tone } from "../../ui/marks";
import { complain } from "../../ui/toast";
import { toolState } from "../cards/ToolState";
import { type CardKind, keys, refOf } from "../entities/kind";
import { cache } from "../session/cache";
import { readAbout } from "./notices";
import "./notices.css";
import "./words";

const TONES: Record<string, Tone> = {
  waiting: "blue",
  sent: "neutral",
  delivered: "green",
  unknown: "amber",
  failed: "red",
};
const SHOWN = 3;
const LOOK_MS = 4000;
const FRESH_MS = 120_000;

/** What is on its way, or has gone by SMS a moment ago and is not there yet. */
function isComing(row: Sending): boolean {
  if (row.status === "waiting") return true;
  const going = row.status === "unknown" || (row.channel === "sms" && row.status === "sent");
  return going && Date.now() - Date.parse(row.at) < FRESH_MS;
}

interface SendingsProps {
  kind: CardKind;
  id: number;
}

/** Who was told of the card by mail, Telegram and SMS, and how it ended; and silence for oneself. */
export function SendingsSection({ kind, id }: SendingsProps) {
  const { t } = useTranslation("notices");
  const query = useQuery({
    queryKey: keys.notices(kind, id),
    queryFn: ({ signal }) => get<CardNotices>(`${kind.path}/${id}/notices/`, { signal }),
    // No fact tells how a message fares.
    refetchInterval: ({ state }) => (state.data?.results.some(isComing) ? LOOK_MS : false),
  });
  const [all, setAll] = useState(false);
  useEffect(() => readAbout(refOf(kind, id)), [kind, id]);
  const { data } = query;
  if (toolState(query) !== "shown" || !data) return null;
  const rows = all ? data.results : data.results.slice(0, SHOWN);
  const turn = async () => {
    const is_muted = !data.is_muted;
    cache.setQueryData<CardNotices>(keys.notices(kind, id), { ...data, is_muted });
    try {
      await put(`${kind.path}/${id}/mute/`, { is_muted });
    } catch (error) {
      complain(sentenceOf(error));
      await query.refetch();
    }
  };
  return (
    <section className="sec" aria-label={t("sendings")} data-testid="sendings">
      <header>
        <h3>{t("sendings")}</h3>
        <span className="grow" />
        <button
          type="button"
          className="add"
          aria-pressed={data.is_muted}
          onClick={() => void turn()}
          data-testid="mute"
        >
          <Icon name={data.is_muted ? "bell" : "bell-off"} size={14} />
          {t(data.is_muted ? "unmute" : "mute")}
        </button>
      </header>
      {data.is_muted && <p className="hint sec-empty">{t("muted")}</p>}
      {data.can_see_sendings && data.results.length === 0 && !data.is_muted && (
        <p className="hint sec-empty">{t("sendingsNone")}</p>
      )}
      <ul>
        {rows.map((row) => (
          <SendingLine key={row.id} row={row} />
        ))}
      </ul>
      {data.results.length > SHOWN && !all && (
        <button type="button" className="link f13" onClick={() => setAll(true)}>
          {t("sendingsShow", { count: data.results.length })}
        </button>
      )}
    </section>
  );
}

function SendingLine({ row }: { row: Sending }) {
  return (
    <li
      className="sending"
      data-testid="sending"
      data-channel={row.channel}
      data-status={row.status}
    >
      <span className="el">
        {row.channel_title} · {row.person?.name} <span className="t3">· {nearText(row.at)}</span>
      </span>
      <Status tone={TONES[row.status] ?? "neutral"}>{row.status_title}</Status>
      {row.error && <span className="sending-error">{row.error}</span>}
    </li>
  );
}
