import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  Handle,
  MarkerType,
  type Node,
  type NodeChange,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import "@xyflow/react/dist/style.css";
import { Icon, type IconName } from "../../../ui/icon";
import { useStore } from "../../../ui/store";
import { isDark, look } from "../../../ui/theme";
import { complain } from "../../../ui/toast";
import { arrows, CAP, END, NODE, places, START } from "./layout";
import { kindWord, notesOf, whoText } from "./names";
import { canJoin, join, part, type Stage } from "./scheme";
import type { StagesProps } from "./stages";
import "./canvas.css";
import "./words";

interface Shown extends Record<string, unknown> {
  title: string;
  kind: Stage["kind"];
  kindWord: string;
  who: string;
  notes: string[];
  fault: string | undefined;
}

type StageNode = Node<Shown, "stage">;
type EdgeOfFlow = Node<{ title: string; isStart: boolean }, "edge">;
type AnyNode = StageNode | EdgeOfFlow;

const ICONS: Record<Stage["kind"], IconName> = {
  approval: "shield-check",
  work: "list-checks",
  wait: "bell",
  timer: "clock",
};

const NODE_TYPES = { stage: StageFace, edge: EndFace };
const FIT = { padding: 0.15, maxZoom: 1 };
const isStage = (code: string | null): code is string =>
  code !== null && code !== START && code !== END;

/** Stages as nodes, «после» as arrows; the places follow from the arrows, nobody has to tidy up. */
export function Canvas(props: StagesProps & { readOnly: boolean }) {
  const { t } = useTranslation("routeset");
  const { scheme, deeds, readOnly } = props;
  useStore(look);
  const drawn = useDrawn(props);
  const [nodes, setNodes] = useState<AnyNode[]>(drawn.nodes);
  const [inHand, setInHand] = useState<string | null>(null);
  const [flow, setFlow] = useState<ReactFlowInstance<AnyNode, Edge> | null>(null);
  // Sizes that were measured stay with their nodes.
  useEffect(
    () =>
      setNodes((old) =>
        drawn.nodes.map((one) => ({ ...old.find(({ id }) => id === one.id), ...one }) as AnyNode),
      ),
    [drawn.nodes],
  );
  // A stage that has come or gone moves the others: all of them stay in sight.
  const count = scheme.stages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of stages is what is answered to.
  useEffect(() => {
    const frame = window.requestAnimationFrame(() => void flow?.fitView(FIT));
    return () => window.cancelAnimationFrame(frame);
  }, [flow, count]);

  const heard = (changes: NodeChange<AnyNode>[]) => {
    const kept = changes.filter((one) => one.type === "dimensions");
    if (kept.length > 0) setNodes((old) => applyNodeChanges(kept, old));
    const picked = changes.findLast((one) => one.type === "select" && one.selected);
    if (!picked || !("id" in picked) || !isStage(picked.id)) return;
    setInHand(null);
    deeds.select(picked.id);
  };
  const heardOfArrows = (changes: EdgeChange[]) => {
    const picked = changes.findLast((one) => one.type === "select" && one.selected);
    if (!picked || !("id" in picked)) return;
    deeds.select(null);
    setInHand(picked.id);
  };
  const connect = ({ source, target }: Connection) => {
    if (!isStage(target) || source === target) return;
    if (source === START) return deeds.change(target, { after: [] });
    if (canJoin(scheme, source, target)) deeds.draw(join(scheme, source, target));
    else complain(t("circle"));
  };
  const cut = (edges: Edge[]) => {
    const between = edges.filter((one) => isStage(one.source) && isStage(one.target));
    if (between.length === 0) return;
    setInHand(null);
    deeds.draw(between.reduce((all, one) => part(all, one.source, one.target), scheme));
  };

  return (
    <ReactFlow<AnyNode, Edge>
      nodes={nodes}
      edges={drawn.edges.map((one) => ({ ...one, selected: one.id === inHand }))}
      nodeTypes={NODE_TYPES}
      colorMode={isDark() ? "dark" : "light"}
      onNodesChange={heard}
      onEdgesChange={heardOfArrows}
      onConnect={connect}
      onInit={setFlow}
      onEdgesDelete={cut}
      onNodesDelete={(gone) => {
        for (const { id } of gone) if (isStage(id)) deeds.remove(id);
      }}
      onPaneClick={() => {
        setInHand(null);
        deeds.select(null);
      }}
      nodesDraggable={false}
      nodesConnectable={!readOnly}
      elementsSelectable={!readOnly}
      nodesFocusable={!readOnly}
      edgesFocusable={!readOnly}
      deleteKeyCode={readOnly ? null : ["Delete"]}
      preventScrolling={!readOnly}
      fitView
      fitViewOptions={FIT}
      ariaLabelConfig={{
        "controls.ariaLabel": t("canvas"),
        "controls.zoomIn.ariaLabel": t("zoomIn"),
        "controls.zoomOut.ariaLabel": t("zoomOut"),
        "controls.fitView.ariaLabel": t("fitAll"),
        "handle.ariaLabel": t("handle"),
        "edge.a11yDescription.default": t("arrow"),
        "node.a11yDescription.default": t("nodeKeys"),
        "node.a11yDescription.keyboardDisabled": t("nodeKeys"),
      }}
      proOptions={{ hideAttribution: true }}
      minZoom={0.3}
      maxZoom={1.5}
    >
      <Background gap={16} />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function useDrawn({
  scheme,
  kind,
  faults,
  nameOf,
  selected,
  readOnly,
}: StagesProps & { readOnly: boolean }) {
  const { t } = useTranslation("routeset");
  const who = scheme.stages.map((stage) => whoText(stage, nameOf, kind)).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are told by `who`, once they have come.
  return useMemo(() => {
    const at = places(scheme);
    const place = (code: string) => at.get(code) ?? { x: 0, y: 0 };
    const ends: AnyNode[] = [START, END].map((id) => ({
      id,
      type: "edge",
      position: place(id),
      data: { title: t(id === START ? "start" : "end"), isStart: id === START },
      ...CAP,
      selectable: false,
      focusable: false,
      deletable: false,
    }));
    const stages: AnyNode[] = scheme.stages.map((stage) => ({
      id: stage.code,
      type: "stage",
      position: place(stage.code),
      ...NODE,
      selected: stage.code === selected,
      ariaLabel: t("stage", { title: stage.title }),
      data: {
        title: stage.title,
        kind: stage.kind,
        kindWord: kindWord(stage.kind),
        who: whoText(stage, nameOf, kind),
        notes: notesOf(stage),
        fault: faults[stage.code],
      },
    }));
    const edges: Edge[] = arrows(scheme).map(({ from, to }) => ({
      id: `${from}-${to}`,
      source: from,
      target: to,
      ariaLabel: t("arrow"),
      deletable: !readOnly && isStage(from) && isStage(to),
      focusable: isStage(from) && isStage(to),
      markerEnd: { type: MarkerType.ArrowClosed },
    }));
    return { nodes: [...ends, ...stages], edges };
  }, [scheme, faults, selected, who, readOnly]);
}

function StageFace({ data, selected, isConnectable }: NodeProps<StageNode>) {
  return (
    <div
      className={`canvas-stage ${selected ? "on" : ""} ${data.fault ? "wrong" : ""}`}
      title={data.fault}
      data-testid="canvas-stage"
    >
      <Handle type="target" position={Position.Top} isConnectable={isConnectable} />
      <p className="canvas-kind">
        <Icon name={ICONS[data.kind]} size={14} />
        <span>{data.kindWord}</span>
      </p>
      <p className="canvas-title">{data.title}</p>
      <p className="canvas-who">{data.who}</p>
      <p className="canvas-notes">{data.fault ?? data.notes.join(" · ")}</p>
      <Handle type="source" position={Position.Bottom} isConnectable={isConnectable} />
    </div>
  );
}

function EndFace({ data, isConnectable }: NodeProps<EdgeOfFlow>) {
  return (
    <div className="canvas-end">
      {data.isStart ? (
        <Handle type="source" position={Position.Bottom} isConnectable={isConnectable} />
      ) : (
        <Handle type="target" position={Position.Top} isConnectable={false} />
      )}
      <span>{data.title}</span>
    </div>
  );
}
