export { type Course, courseOf, dosesFrom } from "./course.ts";
export { durationIn } from "./duration.ts";
export { frequencyIn } from "./frequency.ts";
