/**
 * What the readers use of the TypeScript compiler, as a plain object. The compiler's own namespace is a table of two thousand
 * getters: asked for every node of a tree, it alone cost a tenth of a run. A function that is missing here is added here.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ts as TS } from 'ts-morph'
import { MODULE_FOLDER } from '../../../facts/package-folder.js'
import { loadCompiled, type CompiledModule } from './compiled-code.js'

export type Compiler = ReturnType<typeof usedOf>

export function loadCompiler(): Compiler {
  return usedOf(compilerModule().exports as typeof TS)
}

/** Leaves the compiled code where the next run finds it, after a use that shows V8 what a run calls. */
export function keepCompiler(use: (compiler: Compiler) => void): void {
  const module = compilerModule()
  use(usedOf(module.exports as typeof TS))
  module.keep()
}

/** The compiler of ts-morph, without its wrappers and its texts of TypeScript's own types. */
function compilerModule(): CompiledModule {
  const tsMorph = createRequire(import.meta.url).resolve('ts-morph')
  const common = createRequire(tsMorph).resolve('@ts-morph/common')
  return loadCompiled(join(dirname(common), 'typescript.js'), join(MODULE_FOLDER, 'compiler.bin'))
}

function usedOf(all: typeof TS) {
  return {
    ...enumsOf(all),
    canHaveDecorators: all.canHaveDecorators,
    canHaveModifiers: all.canHaveModifiers,
    createSourceFile: all.createSourceFile,
    flattenDiagnosticMessageText: all.flattenDiagnosticMessageText,
    forEachChild: all.forEachChild,
    getCombinedModifierFlags: all.getCombinedModifierFlags,
    getDecorators: all.getDecorators,
    getModifiers: all.getModifiers,
    isArrayLiteralExpression: all.isArrayLiteralExpression,
    isArrowFunction: all.isArrowFunction,
    isAsExpression: all.isAsExpression,
    isAwaitExpression: all.isAwaitExpression,
    isBinaryExpression: all.isBinaryExpression,
    isBindingElement: all.isBindingElement,
    isBlock: all.isBlock,
    isBreakStatement: all.isBreakStatement,
    isCallExpression: all.isCallExpression,
    isCaseClause: all.isCaseClause,
    isCatchClause: all.isCatchClause,
    isClassDeclaration: all.isClassDeclaration,
    isClassLike: all.isClassLike,
    isComputedPropertyName: all.isComputedPropertyName,
    isConditionalExpression: all.isConditionalExpression,
    isConstructorDeclaration: all.isConstructorDeclaration,
    isContinueStatement: all.isContinueStatement,
    isDecorator: all.isDecorator,
    isDoStatement: all.isDoStatement,
    isElementAccessExpression: all.isElementAccessExpression,
    isEnumDeclaration: all.isEnumDeclaration,
    isExportAssignment: all.isExportAssignment,
    isExportDeclaration: all.isExportDeclaration,
    isExportSpecifier: all.isExportSpecifier,
    isExpression: all.isExpression,
    isExpressionStatement: all.isExpressionStatement,
    isExternalModuleReference: all.isExternalModuleReference,
    isForInStatement: all.isForInStatement,
    isForOfStatement: all.isForOfStatement,
    isForStatement: all.isForStatement,
    isFunctionDeclaration: all.isFunctionDeclaration,
    isFunctionLike: all.isFunctionLike,
    isGetAccessorDeclaration: all.isGetAccessorDeclaration,
    isIdentifier: all.isIdentifier,
    isIfStatement: all.isIfStatement,
    isImportDeclaration: all.isImportDeclaration,
    isImportEqualsDeclaration: all.isImportEqualsDeclaration,
    isImportSpecifier: all.isImportSpecifier,
    isInterfaceDeclaration: all.isInterfaceDeclaration,
    isIterationStatement: all.isIterationStatement,
    isLiteralExpression: all.isLiteralExpression,
    isMethodDeclaration: all.isMethodDeclaration,
    isModuleBlock: all.isModuleBlock,
    isNamedExports: all.isNamedExports,
    isNamedTupleMember: all.isNamedTupleMember,
    isNamespaceImport: all.isNamespaceImport,
    isNewExpression: all.isNewExpression,
    isNumericLiteral: all.isNumericLiteral,
    isObjectBindingPattern: all.isObjectBindingPattern,
    isObjectLiteralExpression: all.isObjectLiteralExpression,
    isParameter: all.isParameter,
    isParameterPropertyDeclaration: all.isParameterPropertyDeclaration,
    isParenthesizedExpression: all.isParenthesizedExpression,
    isPostfixUnaryExpression: all.isPostfixUnaryExpression,
    isPrefixUnaryExpression: all.isPrefixUnaryExpression,
    isPrivateIdentifier: all.isPrivateIdentifier,
    isPropertyAccessExpression: all.isPropertyAccessExpression,
    isPropertyAssignment: all.isPropertyAssignment,
    isPropertyDeclaration: all.isPropertyDeclaration,
    isPropertySignature: all.isPropertySignature,
    isRestTypeNode: all.isRestTypeNode,
    isReturnStatement: all.isReturnStatement,
    isShorthandPropertyAssignment: all.isShorthandPropertyAssignment,
    isSourceFile: all.isSourceFile,
    isSpreadAssignment: all.isSpreadAssignment,
    isSpreadElement: all.isSpreadElement,
    isStatement: all.isStatement,
    isStringLiteral: all.isStringLiteral,
    isStringLiteralLike: all.isStringLiteralLike,
    isSwitchStatement: all.isSwitchStatement,
    isTaggedTemplateExpression: all.isTaggedTemplateExpression,
    isTemplateExpression: all.isTemplateExpression,
    isTemplateHead: all.isTemplateHead,
    isThrowStatement: all.isThrowStatement,
    isTryStatement: all.isTryStatement,
    isTupleTypeNode: all.isTupleTypeNode,
    isTypeAliasDeclaration: all.isTypeAliasDeclaration,
    isTypeLiteralNode: all.isTypeLiteralNode,
    isTypeNode: all.isTypeNode,
    isTypeOperatorNode: all.isTypeOperatorNode,
    isTypeQueryNode: all.isTypeQueryNode,
    isTypeReferenceNode: all.isTypeReferenceNode,
    isVariableDeclaration: all.isVariableDeclaration,
    isVariableDeclarationList: all.isVariableDeclarationList,
    isVariableStatement: all.isVariableStatement,
    isVoidExpression: all.isVoidExpression,
    isWhileStatement: all.isWhileStatement,
    isYieldExpression: all.isYieldExpression,
  }
}

function enumsOf(all: typeof TS) {
  return {
    JSDocParsingMode: { ParseNone: all.JSDocParsingMode.ParseNone },
    ModifierFlags: { Async: all.ModifierFlags.Async },
    NodeFlags: { Const: all.NodeFlags.Const, Let: all.NodeFlags.Let },
    ScriptKind: { JSX: all.ScriptKind.JSX, TS: all.ScriptKind.TS, TSX: all.ScriptKind.TSX },
    ScriptTarget: { Latest: all.ScriptTarget.Latest },
    SyntaxKind: {
      AmpersandAmpersandToken: all.SyntaxKind.AmpersandAmpersandToken,
      ArrowFunction: all.SyntaxKind.ArrowFunction,
      AsExpression: all.SyntaxKind.AsExpression,
      AsteriskAsteriskToken: all.SyntaxKind.AsteriskAsteriskToken,
      AsteriskToken: all.SyntaxKind.AsteriskToken,
      AsyncKeyword: all.SyntaxKind.AsyncKeyword,
      AwaitExpression: all.SyntaxKind.AwaitExpression,
      BarBarEqualsToken: all.SyntaxKind.BarBarEqualsToken,
      BarBarToken: all.SyntaxKind.BarBarToken,
      BinaryExpression: all.SyntaxKind.BinaryExpression,
      Block: all.SyntaxKind.Block,
      CallExpression: all.SyntaxKind.CallExpression,
      CaseClause: all.SyntaxKind.CaseClause,
      CatchClause: all.SyntaxKind.CatchClause,
      Constructor: all.SyntaxKind.Constructor,
      DefaultKeyword: all.SyntaxKind.DefaultKeyword,
      EqualsEqualsEqualsToken: all.SyntaxKind.EqualsEqualsEqualsToken,
      EqualsEqualsToken: all.SyntaxKind.EqualsEqualsToken,
      EqualsToken: all.SyntaxKind.EqualsToken,
      ExclamationEqualsEqualsToken: all.SyntaxKind.ExclamationEqualsEqualsToken,
      ExclamationEqualsToken: all.SyntaxKind.ExclamationEqualsToken,
      ExclamationToken: all.SyntaxKind.ExclamationToken,
      ExportKeyword: all.SyntaxKind.ExportKeyword,
      ExtendsKeyword: all.SyntaxKind.ExtendsKeyword,
      FalseKeyword: all.SyntaxKind.FalseKeyword,
      FirstAssignment: all.SyntaxKind.FirstAssignment,
      ForOfStatement: all.SyntaxKind.ForOfStatement,
      ForStatement: all.SyntaxKind.ForStatement,
      FunctionDeclaration: all.SyntaxKind.FunctionDeclaration,
      FunctionExpression: all.SyntaxKind.FunctionExpression,
      GetAccessor: all.SyntaxKind.GetAccessor,
      GreaterThanToken: all.SyntaxKind.GreaterThanToken,
      InKeyword: all.SyntaxKind.InKeyword,
      ImportKeyword: all.SyntaxKind.ImportKeyword,
      InstanceOfKeyword: all.SyntaxKind.InstanceOfKeyword,
      LastAssignment: all.SyntaxKind.LastAssignment,
      MethodDeclaration: all.SyntaxKind.MethodDeclaration,
      MinusMinusToken: all.SyntaxKind.MinusMinusToken,
      MinusToken: all.SyntaxKind.MinusToken,
      ModuleBlock: all.SyntaxKind.ModuleBlock,
      NewExpression: all.SyntaxKind.NewExpression,
      NonNullExpression: all.SyntaxKind.NonNullExpression,
      NullKeyword: all.SyntaxKind.NullKeyword,
      ParenthesizedExpression: all.SyntaxKind.ParenthesizedExpression,
      PlusPlusToken: all.SyntaxKind.PlusPlusToken,
      PlusToken: all.SyntaxKind.PlusToken,
      PrivateKeyword: all.SyntaxKind.PrivateKeyword,
      QuestionQuestionEqualsToken: all.SyntaxKind.QuestionQuestionEqualsToken,
      QuestionQuestionToken: all.SyntaxKind.QuestionQuestionToken,
      SatisfiesExpression: all.SyntaxKind.SatisfiesExpression,
      SetAccessor: all.SyntaxKind.SetAccessor,
      SlashToken: all.SyntaxKind.SlashToken,
      SourceFile: all.SyntaxKind.SourceFile,
      StaticKeyword: all.SyntaxKind.StaticKeyword,
      StringKeyword: all.SyntaxKind.StringKeyword,
      SuperKeyword: all.SyntaxKind.SuperKeyword,
      ThisKeyword: all.SyntaxKind.ThisKeyword,
      TrueKeyword: all.SyntaxKind.TrueKeyword,
      TypeAssertionExpression: all.SyntaxKind.TypeAssertionExpression,
      VoidExpression: all.SyntaxKind.VoidExpression,
    },
  } as const
}
