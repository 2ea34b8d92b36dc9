-- The supplement for each label is part of what an hour is advertised with.

update project p
   set listed_minor_per_hour = case p.pay_rule when 'piece' then (p.reward_minor + p.hazard_minor) * 3600000 / greatest(p.estimate_millis, e.median)
                                               when 'hour' then p.reward_minor + p.hazard_minor * 3600000 / greatest(p.estimate_millis, e.median) else 0 end
  from project q left join pace on pace.project_id = q.project_id cross join lateral (select coalesce(pace.median_millis, 0) as median) e
 where q.project_id = p.project_id and p.hazard_minor > 0 and pace.median_minor_per_hour is null;
