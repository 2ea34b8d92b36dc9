import { useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import type { Claim, Form, TaskDetail } from '../api/types';

/** The form that a claim is for: the project's, or an earlier version of it, which never changes. Undefined until it is here. */
export function useForm(task: TaskDetail, claim: Claim | undefined) {
  const path = `/api/projects/${task.projectId}/forms/${claim?.formVersion}`;
  const earlier = claim !== undefined && claim.formVersion !== task.formVersion;
  const read = useQuery({ queryKey: [path], queryFn: () => get<Form>(path), enabled: earlier, staleTime: Infinity });
  return { form: earlier ? read.data : task.form, failed: earlier && read.isError ? read.error : null, readAgain: () => void read.refetch() };
}
