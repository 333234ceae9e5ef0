import { IconCheck, IconLoader2, IconMinus, IconX } from "@tabler/icons-react";
import type { Step } from "../api/types";
import { Elapsed } from "../ui/ago";
import { statusWord } from "../util/status";
import { stepLabel } from "../util/steps";
import classes from "./step-timeline.module.css";

interface Props {
  /** The accessible name of the list, such as “Build steps”. */
  label: string;
  steps: Step[];
}

const icons = { running: IconLoader2, succeeded: IconCheck, failed: IconX, cancelled: IconMinus };

/** What was done, in order, with each step's share of the time worked; waits between them (a roll-back days later) count nothing. */
export function StepTimeline({ label, steps }: Props) {
  const lengths = steps.map(lengthOf);
  const whole = Math.max(1, sum(lengths));
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step, index) => {
        const Icon = icons[step.status];
        const from = (sum(lengths.slice(0, index)) / whole) * 100;
        const width = ((lengths[index] ?? 0) / whole) * 100;
        return (
          <li
            key={`${step.name} ${step.attempt} ${step.startedAt}`}
            className={classes.step}
            data-status={step.status}
          >
            <span className={classes.icon}>
              <Icon size={12} stroke={2.6} aria-hidden="true" />
              <span className="visually-hidden">{statusWord(step.status)}: </span>
            </span>
            <span className={classes.what}>
              <span className={classes.name}>{stepLabel(step.name)}</span>
              {step.attempt > 1 && <span className={classes.attempt}>attempt {step.attempt}</span>}
              {step.detail && <span className={classes.detail}>{step.detail}</span>}
            </span>
            <svg className={classes.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect className={classes.track} width="100" height="4" />
              <rect x={Math.min(98.5, from)} width={Math.max(1.5, width)} height="4" />
            </svg>
            <span className={classes.time}>
              <Elapsed from={step.startedAt} to={step.finishedAt} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** In milliseconds; a step that runs is as long as it is now. */
const lengthOf = ({ startedAt, finishedAt }: Step) =>
  Math.max(0, (finishedAt ? Date.parse(finishedAt) : Date.now()) - Date.parse(startedAt));
