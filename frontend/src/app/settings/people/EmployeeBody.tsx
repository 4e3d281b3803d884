import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { post } from "../../../api/request";
import { ReadingCall } from "../../../core/acknowledgements/ReadingCall";
import { FilesSection } from "../../../core/attachments/FilesSection";
import { CardTools } from "../../../core/cardtools/CardTools";
import { keys } from "../../../core/entities/kind";
import { personOf } from "../../../core/people/people";
import { OccurrencesSection } from "../../../core/recurrence/OccurrencesSection";
import { RecurrenceSection } from "../../../core/recurrence/RecurrenceSection";
import type { RegularWords } from "../../../core/recurrence/work";
import { cache } from "../../../core/session/cache";
import { may, refreshMe, useMe } from "../../../core/session/session";
import { StatusMenu } from "../../../core/statuses/StatusMenu";
import { WatchersField } from "../../../core/watchers/WatchersField";
import { Button } from "../../../ui/button";
import { Face } from "../../../ui/marks";
import { i18next } from "../../../ui/texts";
import { say } from "../../../ui/toast";
import { PersonSection } from "../data/PersonSection";
import { useSaving } from "../saving";
import { AccountLines } from "./AccountLines";
import { useDismissal } from "./dismissal/Dismissal";
import { EmployeeForm } from "./EmployeeForm";
import { EmployeeRoles } from "./EmployeeRoles";
import "./employee.css";
import { PEOPLE, toneOfBase } from "./kind";
import { PhotoButton } from "./PhotoButton";
import "./words";

const REGULAR: RegularWords = {
  none: i18next.t("staff:regularNone"),
  example: i18next.t("staff:regularExample"),
  usual: (name) => i18next.t(name ? "staff:regularUsual" : "staff:regularManager", { name }),
};

/** Who the colleague is and what may be done about him; then the tools that every card has. */
export function EmployeeBody({ employee }: { employee: EmployeeCard }) {
  const { t } = useTranslation("staff");
  const me = useMe();
  const person = personOf(employee);
  const { can } = employee;
  const { busy, run } = useSaving();
  const dismissal = useDismissal(employee);

  const refresh = async (fresh?: EmployeeCard) => {
    const key = keys.card(PEOPLE, employee.id);
    if (fresh) {
      cache.setQueryData(key, fresh);
      void cache.invalidateQueries({ queryKey: keys.history(PEOPLE, employee.id) });
    } else await cache.invalidateQueries({ queryKey: key });
    await cache.invalidateQueries({ queryKey: keys.list(PEOPLE) });
    if (employee.id === me.id) await refreshMe();
  };
  const block = () =>
    run(async () => {
      await post(`employees/${employee.id}/${employee.is_active ? "block" : "unblock"}/`);
      say(t(employee.is_active ? "blockedNow" : "unblockedNow"));
      await refresh();
    });
  const place = [employee.position?.title, employee.department?.title, employee.email];

  return (
    <>
      <ReadingCall kind={PEOPLE} id={employee.id} version={employee.version} />
      <div className="emp-h">
        <Face id={person.id} initials={person.initials} photo={person.photo_url} size="xl" />
        <div className="grow">
          <h2 className="card-t">{person.full_name}</h2>
          <p className="t3 f13">{place.filter(Boolean).join(" · ")}</p>
        </div>
      </div>
      <div className="actrow emp-acts">
        <StatusMenu kind={PEOPLE} card={employee} toneOf={toneOfBase} />
        {can.edit.includes("photo") && <PhotoButton employee={employee} onSaved={refresh} />}
        {(employee.is_active ? can.block : can.unblock) && (
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
      <EmployeeForm key={employee.id} employee={employee} onSaved={refresh} />
      <AccountLines employee={employee} onChanged={refresh} />
      <div className="emp-secs">
        <div className="fields">
          <WatchersField kind={PEOPLE} id={employee.id} />
        </div>
        {can.roles && <EmployeeRoles employee={employee} onSaved={refresh} />}
        <RecurrenceSection kind={PEOPLE} id={employee.id} regular={REGULAR} />
        <OccurrencesSection kind={PEOPLE} id={employee.id} quiet />
        <CardTools kind={PEOPLE} card={{ ...employee, title: employee.full_name }} />
        {can.files && <FilesSection kind={PEOPLE} id={employee.id} canAttach />}
        {may(me, "privacy.persons") && employee.id !== me.id && (
          <PersonSection employeeId={employee.id} own={false} />
        )}
      </div>
      {dismissal.dialog}
    </>
  );
}
