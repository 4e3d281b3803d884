import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Route, RoutedKind } from "../../../api/routes";
import { brought } from "../../../core/session/parts";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { useHotKeys } from "../../../ui/keys";
import { Segmented } from "../../../ui/marks";
import { usePhone } from "../../../ui/screen";
import { Empty, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { Check } from "../fields/Check";
import type { Editor as Editing } from "./editing";
import { useNames } from "./names";
import { PublishDialog } from "./PublishDialog";
import { StageList } from "./StageList";
import { StageSide } from "./StageSide";
import { addAfter, addBeside, changeStage, removeStage, type Scheme, stageIn } from "./scheme";
import type { StageDeeds } from "./stages";
import "./routeset.css";
import "./words";

interface EditorProps {
  route: Route;
  kind: RoutedKind;
  editor: Editing;
}

const loadCanvas = brought(() => import("./Canvas"));
const Canvas = lazy(() => loadCanvas().then(({ Canvas }) => ({ default: Canvas })));

/** A route as it is drawn: a canvas with a panel, or a list that needs no pointer. */
export function Editor({ route, kind, editor }: EditorProps) {
  const { t } = useTranslation("routeset");
  const phone = usePhone();
  const [view, setView] = useState<"canvas" | "list">(phone ? "list" : "canvas");
  const [selected, setSelected] = useState<string | null>(null);
  const [publishing, setPublishing] = useState(false);
  const { scheme, faults } = editor;
  const nameOf = useNames(scheme, kind);
  useHotKeys({ "ctrl+KeyS": () => void editor.save() }, { always: true, enabled: editor.isDirty });

  const put = ([next, code]: [Scheme, string]) => {
    editor.draw(next);
    setSelected(code);
  };
  const deeds: StageDeeds = {
    select: setSelected,
    add: (after) => put(addAfter(scheme, after, t("newStage"))),
    beside: (code) => put(addBeside(scheme, code, t("newStage"))),
    remove: (code) => {
      const title = stageIn(scheme, code)?.title ?? "";
      editor.draw(removeStage(scheme, code));
      setSelected(null);
      say(t("stageRemoved", { title }), {
        icon: "trash-2",
        action: { title: t("undo"), run: () => editor.draw(scheme) },
      });
    },
    change: (code, change) => editor.draw(changeStage(scheme, code, change)),
    draw: editor.draw,
  };
  const shared = { kind, scheme, faults, nameOf, selected, deeds };
  return (
    <div className="routeset-editor">
      <EditorBar
        editor={editor}
        route={route}
        view={view}
        onView={setView}
        onAdd={() => deeds.add(scheme.stages.at(-1)?.code ?? null)}
        onPublish={() => setPublishing(true)}
      />
      {editor.conflict && <Conflict editor={editor} />}
      {faults[""] && (
        <p className="notice tone-red" role="alert">
          <Icon name="circle-alert" />
          <span>{faults[""]}</span>
        </p>
      )}
      {scheme.stages.length === 0 ? (
        <Empty icon="git-branch" title={t("noStages")} text={t("noStagesText")}>
          <Button
            look="primary"
            icon="plus"
            onClick={() => deeds.add(null)}
            data-testid="stage-first"
          >
            {t("addFirst")}
          </Button>
        </Empty>
      ) : view === "list" ? (
        <StageList {...shared} />
      ) : (
        <>
          <p className="hint">{t(phone ? "canvasRead" : "canvasNote")}</p>
          <div className={phone ? "routeset-split alone" : "routeset-split"}>
            <div className="routeset-canvas" data-testid="route-canvas">
              <Suspense fallback={<Waiting rows={4} />}>
                <Canvas {...shared} readOnly={phone} />
              </Suspense>
            </div>
            {!phone && <StageSide {...shared} />}
          </div>
        </>
      )}
      {scheme.stages.length > 0 && (
        <div>
          <Check
            on={scheme.from_start}
            label={t("fromStart")}
            onChange={(from_start) => editor.draw({ ...scheme, from_start })}
          />
          <p className="hint">{t("fromStartHint")}</p>
        </div>
      )}
      {publishing && (
        <PublishDialog route={route} editor={editor} onClose={() => setPublishing(false)} />
      )}
    </div>
  );
}

interface BarProps {
  editor: Editing;
  route: Route;
  view: "canvas" | "list";
  onView: (view: "canvas" | "list") => void;
  onAdd: () => void;
  onPublish: () => void;
}

function EditorBar({ editor, route, view, onView, onAdd, onPublish }: BarProps) {
  const { t } = useTranslation("routeset");
  const isEmpty = editor.scheme.stages.length === 0;
  return (
    <div className="routeset-bar">
      <Segmented
        label={t("view")}
        value={view}
        options={[
          { value: "canvas", title: t("canvas") },
          { value: "list", title: t("list") },
        ]}
        onChange={onView}
      />
      {!isEmpty && (
        <Button size="sm" icon="plus" onClick={onAdd} data-testid="stage-add">
          {t("addFirst")}
        </Button>
      )}
      <span className="f12 t3 grow routeset-whose">
        {route.draft_by &&
          route.draft_at &&
          t("draftOf", { who: route.draft_by.name, when: nearText(route.draft_at) })}
      </span>
      {editor.isDirty && (
        <>
          <span className="f12 amber" role="status">
            {t("unsaved")}
          </span>
          <Button size="sm" look="quiet" onClick={editor.discard}>
            {t("discard")}
          </Button>
          <Button
            size="sm"
            busy={editor.busy}
            onClick={() => void editor.save()}
            data-testid="route-save"
          >
            {t("save")}
          </Button>
        </>
      )}
      <Button
        size="sm"
        look="primary"
        disabled={isEmpty || editor.busy || !(editor.isDirty || route.has_draft)}
        onClick={onPublish}
        data-testid="route-publish"
      >
        {t("publish")}
      </Button>
    </div>
  );
}

/** Another has saved the route while it was drawn here: both are there until somebody chooses. */
function Conflict({ editor }: { editor: Editing }) {
  const { t } = useTranslation("routeset");
  return (
    <div className="notice tone-amber routeset-conflict" role="alert">
      <Icon name="circle-alert" />
      <span className="grow">{t("conflict")}</span>
      <Button size="sm" onClick={editor.takeTheirs}>
        {t("takeTheirs")}
      </Button>
      <Button size="sm" look="primary" busy={editor.busy} onClick={() => void editor.keepMine()}>
        {t("keepMine")}
      </Button>
    </div>
  );
}
