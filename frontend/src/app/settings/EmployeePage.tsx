import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { get, patch, post } from "../../api/request";
import { useWhoSees } from "../../core/access/WhoSees";
import { ReadingCall } from "../../core/acknowledgements/ReadingCall";
import { sendOne } from "../../core/attachments/choose";
import { CardTools } from "../../core/cardtools/CardTools";
import { keys, refOf } from "../../core/entities/kind";
import { personOf } from "../../core/people/people";
import { useLive } from "../../core/realtime/live";
import { useRemembered } from "../../core/search/recent";
import { cache } from "../../core/session/cache";
import { refreshMe, useMe } from "../../core/session/session";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Face, Status } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { say } from "../../ui/toast";
import { useDismissal } from "./people/dismissal/Dismissal";
import { EmployeeForm } from "./people/EmployeeForm";
import { EmployeeRoles } from "./people/EmployeeRoles";
import { PEOPLE } from "./people/kind";
import { useSaving } from "./saving";
import "./settings.css";
import "./people/words";

/** The card of one colleague. */
export function Screen() {
  const { t } = useTranslation("staff");
  const { t: cards } = useTranslation("cards");
  const { employeeId = "" } = useParams({ strict: false }) as { employeeId?: string };
  const employee = useQuery({
    queryKey: ["employee", employeeId],
    queryFn: () => get<EmployeeCard>(`employees/${employeeId}/`),
  });
  useRemembered(refOf(PEOPLE, employeeId));
  const heard = useCallback(() => {
    void cache.invalidateQueries({ queryKey: ["employee", employeeId] });
    void cache.invalidateQueries({ queryKey: keys.card(PEOPLE, employeeId) });
  }, [employeeId]);
  useLive(employee.data ? `ref:${refOf(PEOPLE, employeeId)}` : null, heard);
  const gone = employee.error instanceof ApiProblem && employee.error.status === 404;
  return (
    <>
      <Link to={"/settings/people" as never} className="row f13" style={{ marginBottom: 12 }}>
        <Icon name="arrow-left" size={14} />
        {t("back")}
      </Link>
      {employee.isPending && <Waiting />}
      {gone && <Empty icon="circle-help" title={cards("gone")} text={cards("goneText")} />}
      {employee.isError && !gone && (
        <Failed text={sentenceOf(employee.error)} onRetry={() => void employee.refetch()} />
      )}
      {employee.data && <Card employee={employee.data} />}
    </>
  );
}

function Card({ employee }: { employee: EmployeeCard }) {
  const { t } = useTranslation("staff");
  const me = useMe();
  const person = personOf(employee);
  const { can } = employee;
  const { busy, run } = useSaving();
  const whoSees = useWhoSees(PEOPLE, employee.id, employee.id);
  const dismissal = useDismissal(employee);

  const refresh = async (fresh?: EmployeeCard) => {
    if (fresh) cache.setQueryData(["employee", String(employee.id)], fresh);
    else await cache.invalidateQueries({ queryKey: ["employee", String(employee.id)] });
    await cache.invalidateQueries({ queryKey: keys.list(PEOPLE) });
    if (employee.id === me.id) await refreshMe();
  };
  const block = () =>
    run(async () => {
      await post(`employees/${employee.id}/${employee.is_active ? "block" : "unblock"}/`);
      say(t(employee.is_active ? "blockedNow" : "unblockedNow"));
      await refresh();
    });

  return (
    <>
      <ReadingCall kind={PEOPLE} id={employee.id} version={employee.version} />
      <div className="set-h">
        <Face id={person.id} initials={person.initials} photo={person.photo_url} size="xl" />
        <div>
          <h2>{person.full_name}</h2>
          <p className="t3 f13">
            {[employee.position?.title, employee.department?.title, employee.email]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <span className="grow" />
        {!employee.is_active && <Status tone="red">{t("isBlocked")}</Status>}
        {whoSees.items.map(({ key, title, icon, run: open }) => (
          <Button key={key} icon={icon} onClick={open} data-testid={key}>
            {title}
          </Button>
        ))}
        {can.edit.includes("photo") && <PhotoButton employee={employee} onSaved={refresh} />}
        {can.block && (
          <Button
            look={employee.is_active ? "danger" : "default"}
            busy={busy}
            onClick={() => void block()}
            data-testid="employee-block"
          >
            {t(employee.is_active ? "block" : "unblock")}
          </Button>
        )}
        {dismissal.button}
      </div>
      {dismissal.note}
      <div className="set-sec">
        <EmployeeForm key={employee.id} employee={employee} onSaved={refresh} />
      </div>
      {can.roles && <EmployeeRoles employee={employee} onSaved={refresh} />}
      {whoSees.dialog}
      {dismissal.dialog}
      <div className="set-tools">
        <CardTools kind={PEOPLE} card={{ ...employee, number: "", title: employee.full_name }} />
      </div>
    </>
  );
}

interface PhotoProps {
  employee: EmployeeCard;
  onSaved: (fresh: EmployeeCard) => Promise<void>;
}

function PhotoButton({ employee, onSaved }: PhotoProps) {
  const { t } = useTranslation("staff");
  const input = useRef<HTMLInputElement>(null);
  const { busy, run } = useSaving();
  const send = (file: File) =>
    run(async () => {
      const photo = await sendOne(`employees/${employee.id}/attachments/`, file);
      await onSaved(await patch<EmployeeCard>(`employees/${employee.id}/`, { photo_id: photo }));
    });
  return (
    <>
      <Button
        icon="image"
        busy={busy}
        title={t("photoHint")}
        onClick={() => input.current?.click()}
      >
        {t("photo")}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        className="vh"
        tabIndex={-1}
        aria-label={t("photo")}
        data-testid="photo-input"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void send(file);
        }}
      />
    </>
  );
}
