import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase, Employee } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { Board } from "../../../core/displays/Board";
import { showMoved, useBoard } from "../../../core/displays/board";
import { type Column, type Laid, wayInto } from "../../../core/displays/columns";
import { useMoves } from "../../../core/displays/moving";
import type { ListQuery } from "../../../core/lists/pages";
import { personOf } from "../../../core/people/people";
import { toneOfColor, useOwnStatuses } from "../../../core/statuses/statuses";
import { Face, Status, type Tone } from "../../../ui/marks";
import { Failed, Waiting } from "../../../ui/state";
import { PEOPLE, toneOfBase } from "./kind";
import type { PeopleBy } from "./query";
import "./words";

/** A person among the cards of a board: his name is the title. */
type Colleague = Employee & CardBase;

const hrefOf = (row: Colleague): string => `/settings/people/${row.id}`;

const faceOf = (row: Colleague) => {
  const person = personOf(row);
  return {
    above: (
      <>
        <Face id={person.id} initials={person.initials} photo={person.photo_url} />
        <span className="t3 el">{row.position?.title}</span>
      </>
    ),
    below: (
      <>
        <Status tone={toneOfColor(row.own_status?.color, toneOfBase(row.status))}>
          {row.status_title}
        </Status>
        <span className="grow" />
        <span className="t3 el">{row.department?.title}</span>
      </>
    ),
  };
};

interface PeopleBoardProps {
  by: PeopleBy;
  query: ListQuery;
}

/** People in columns: how they stand, where they sit, what they are; a move is a change of the card. */
export function PeopleBoard({ by, query }: PeopleBoardProps) {
  const { t } = useTranslation("staff");
  const { t: displays } = useTranslation("displays");
  const navigate = useNavigate();
  const board = useBoard<Colleague>(PEOPLE, by, query);
  const moves = useMoves<Colleague>(PEOPLE, {}, () => void board.refetch());
  const own = useOwnStatuses(PEOPLE);
  const { data } = board;
  const named = useMemo(() => data && titled(data), [data]);
  const toneOf = (column: Column<Colleague>): Tone => {
    const status = own.find((one) => String(one.id) === column.value);
    if (status) return toneOfColor(status.color, toneOfBase(status.base));
    return by === "own_status" ? toneOfBase(column.value) : "neutral";
  };

  if (board.isPending) return <Waiting rows={8} />;
  if (!named) {
    return <Failed text={sentenceOf(board.error)} onRetry={() => void board.refetch()} />;
  }
  return (
    <div className="people-board">
      <Board<Colleague>
        label={t("title")}
        board={named}
        reading={board.reading}
        toneOf={toneOf}
        hrefOf={hrefOf}
        onOpen={(card) => void navigate({ to: hrefOf(card), search: true } as never)}
        faceOf={faceOf}
        onFurther={board.further}
        onMoreColumns={board.moreColumns}
        onMove={(card, to, say) => {
          const move = wayInto(card, to);
          if (!move) return;
          moves.start({
            card,
            move,
            sets: to.sets ?? {},
            show: () => showMoved<Colleague>(board.key, card.id, to.value),
            done: () => say(displays("dropped", { card: card.title, title: to.title })),
          });
        }}
      />
      {moves.dialogs}
    </div>
  );
}

/** The server names people by their full names. */
function titled(board: Laid<Colleague>): Laid<Colleague> {
  const columns = board.columns.map((column) => ({
    ...column,
    results: column.results.map((row) => ({ ...row, title: row.full_name })),
  }));
  return { ...board, columns };
}
