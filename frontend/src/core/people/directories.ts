import { useQuery } from "@tanstack/react-query";
import type { Department, Page, Position, Role } from "../../api/contract";
import { get } from "../../api/request";

/** Small reference books of the structure, read whole; every screen shares what was read. */

async function whole<T>(path: string): Promise<T[]> {
  const answer = await get<Page<T> | T[]>(path);
  return Array.isArray(answer) ? answer : answer.results;
}

export const DEPARTMENTS = ["departments"];
export const POSITIONS = ["positions"];
export const ROLES = ["roles"];

export const useDepartments = () =>
  useQuery({ queryKey: DEPARTMENTS, queryFn: () => whole<Department>("departments/") });

export const usePositions = () =>
  useQuery({ queryKey: POSITIONS, queryFn: () => whole<Position>("positions/") });

export const useRoles = (enabled = true) =>
  useQuery({ queryKey: ROLES, enabled, queryFn: () => whole<Role>("roles/") });

/** Departments as antd's tree takes them. */
export interface TreeNode {
  value: number;
  title: string;
  children: TreeNode[];
}

export function treeOf(list: Department[]): TreeNode[] {
  const nodes = new Map(
    list.map((one) => [one.id, { value: one.id, title: one.title, children: [] as TreeNode[] }]),
  );
  const roots: TreeNode[] = [];
  for (const one of list) {
    const node = nodes.get(one.id);
    const parent = one.parent === null ? undefined : nodes.get(one.parent);
    if (node) (parent?.children ?? roots).push(node);
  }
  return roots;
}
