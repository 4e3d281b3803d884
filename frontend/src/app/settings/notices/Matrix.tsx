import type { ReactNode } from "react";
import { Fragment } from "react";
import type { NoticeKind, Policy } from "../../../api/contract";
import "./matrix.css";

type Cell = NoticeKind["cells"][number];

interface MatrixProps {
  label: string;
  shown: Pick<Policy, "channels" | "kinds">;
  cell: (kind: NoticeKind, cell: Cell) => ReactNode;
  /** Why nothing comes by a channel, whatever is ticked. */
  why?: Record<string, string>;
}

/** Kinds down, channels across, groups as headings; on a phone each kind is a row of named cells. */
export function Matrix({ label, shown, cell, why = {} }: MatrixProps) {
  const groups = [...new Set(shown.kinds.map((kind) => kind.group))];
  return (
    <table className="matrix" aria-label={label}>
      <thead>
        <tr>
          <th />
          {shown.channels.map((channel) => (
            <th key={channel.code} scope="col">
              {channel.title}
              {why[channel.code] && <span className="matrix-why">{why[channel.code]}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group}>
            <tr className="matrix-group">
              <th colSpan={shown.channels.length + 1} scope="colgroup">
                {group}
              </th>
            </tr>
            {shown.kinds
              .filter((kind) => kind.group === group)
              .map((kind) => (
                <tr key={kind.code} data-testid={`kind-${kind.code}`}>
                  <th scope="row">{kind.title}</th>
                  {kind.cells.map((one, index) => (
                    <td key={one.channel} data-channel={shown.channels[index]?.title}>
                      {cell(kind, one)}
                    </td>
                  ))}
                </tr>
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
