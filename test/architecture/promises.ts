import { relative } from "node:path";
import ts from "typescript";
import { ROOT } from "./cruise.ts";

/**
 * The statements that begin something and wait for nobody, as `path:line`: promises that are not awaited, returned or
 * handled.
 *
 * The linter has a rule for this and no eyes for the types of packages, among them the database and the workflows'
 * steps: a forgotten `await` there loses a write.
 */
export function unawaited(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    const look = (node: ts.Node): void => {
      if (ts.isExpressionStatement(node) && isLeftAlone(checker, node.expression)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        found.push(`${relative(ROOT, file.fileName)}:${line + 1}`);
      }
      ts.forEachChild(node, look);
    };
    look(file);
  }
  return found;
}

function isLeftAlone(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  if (isAssignment(expression) || isHandled(expression)) return false;
  const type = checker.getTypeAtLocation(expression);
  return (type.isUnion() ? type.types : [type]).some((one) => isPromise(checker, one, expression));
}

const isAssignment = (expression: ts.Expression): boolean =>
  ts.isBinaryExpression(expression) &&
  expression.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  expression.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

/** `.catch(…)` and `.then(…, …)` say what happens on failure. */
function isHandled(expression: ts.Expression): boolean {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return false;
  const { text } = expression.expression.name;
  return (
    (text === "catch" && expression.arguments.length > 0) ||
    (text === "then" && expression.arguments.length > 1)
  );
}

function isPromise(checker: ts.TypeChecker, type: ts.Type, at: ts.Node): boolean {
  const then = checker.getPropertyOfType(checker.getApparentType(type), "then");
  return then !== undefined && checker.getTypeOfSymbolAtLocation(then, at).getCallSignatures().length > 0;
}

/** All of this repository, as `tsc` sees it. */
function everything(): ts.Program {
  const { config } = ts.readConfigFile(`${ROOT}/tsconfig.json`, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(fileNames, options);
}

if (import.meta.main) {
  const found = unawaited(everything());
  for (const place of found) console.error(`${place}: this promise is not awaited, returned or handled`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
