import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { CardFrame } from "../../core/cards/CardFrame";
import { Stream } from "../../core/cards/Stream";
import { useComments } from "../../core/comments/comments";
import { keys, refOf } from "../../core/entities/kind";
import { useLive } from "../../core/realtime/live";
import { cache } from "../../core/session/cache";
import { WatchButton } from "../../core/watchers/WatchButton";
import { Empty, Failed, Waiting } from "../../ui/state";
import { EmployeeBody } from "./people/EmployeeBody";
import { PEOPLE } from "./people/kind";
import "./settings.css";
import "./people/words";

/** The card of one colleague, over the list or as a page. */
export function Screen() {
  const { t } = useTranslation("staff");
  const { t: cards } = useTranslation("cards");
  const { employeeId = "" } = useParams({ strict: false }) as { employeeId?: string };
  const card = useQuery({
    queryKey: keys.card(PEOPLE, employeeId),
    queryFn: ({ signal }) => get<EmployeeCard>(`employees/${employeeId}/`, { signal }),
  });
  const employee = card.data;
  // The phone's switch to the stream says how many there are.
  const said = useComments(PEOPLE, employeeId).data ?? [];
  const heard = useCallback(() => {
    void cache.invalidateQueries({ queryKey: keys.card(PEOPLE, employeeId) });
  }, [employeeId]);
  useLive(employee ? `ref:${refOf(PEOPLE, employeeId)}` : null, heard);
  const gone = card.error instanceof ApiProblem && card.error.status === 404;

  return (
    <CardFrame
      key={employeeId}
      kind={PEOPLE}
      id={employeeId}
      listTitle={t("title")}
      number={[employee?.number, employee?.name].filter(Boolean).join(" · ")}
      more={[]}
      owner={employee?.id}
      streamCount={said.length}
      watch={employee && <WatchButton kind={PEOPLE} id={employee.id} />}
      body={
        employee ? (
          <EmployeeBody employee={employee} />
        ) : gone ? (
          <Empty icon="circle-help" title={cards("gone")} text={cards("goneText")} />
        ) : card.isError ? (
          <Failed text={sentenceOf(card.error)} onRetry={() => void card.refetch()} />
        ) : (
          <Waiting rows={8} />
        )
      }
      stream={
        employee ? (
          <Stream kind={PEOPLE} id={employee.id} canComment canAttach={employee.can.files} />
        ) : (
          <aside className="dr-r" />
        )
      }
    />
  );
}
