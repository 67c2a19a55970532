import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/** The fields that a document selects in these sets, those of fragments too. */
export const fieldsOf = (
  info: Pick<GraphQLResolveInfo, "fragments">,
  sets: readonly (SelectionSetNode | undefined)[],
): FieldNode[] =>
  sets.flatMap((set) =>
    (set?.selections ?? []).flatMap((selection): FieldNode[] => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(info, [selection.selectionSet]);
      return fieldsOf(info, [info.fragments[selection.name.value]?.selectionSet]);
    }),
  );

/** The fields that are selected below the field that is being resolved. */
export const selectedFields = (info: Pick<GraphQLResolveInfo, "fragments" | "fieldNodes">): FieldNode[] =>
  fieldsOf(
    info,
    info.fieldNodes.map(({ selectionSet }) => selectionSet),
  );

/** Whether nothing but these fields is selected below the field that is being resolved. */
export const selectsOnly = (
  info: Pick<GraphQLResolveInfo, "fragments" | "fieldNodes">,
  names: readonly string[],
): boolean => selectedFields(info).every(({ name }) => names.includes(name.value));
