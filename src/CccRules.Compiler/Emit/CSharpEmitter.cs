using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// IR to C#. The C# names nothing of the rules and holds no text of them: numbers only, so that nothing that stands in a
/// rule can become code. Texts and tables go to the manifest. The same module gives the same text.
/// </summary>
internal static class CSharpEmitter
{
    /// <param name="programClass">Full name of the class; never taken from the rules.</param>
    /// <param name="form">What the program can do.</param>
    /// <param name="batchForm">The form of batches to emit; null for the cheaper one.</param>
    /// <param name="recordForm">The form of single records to emit; null for the one that suits the rules' number.</param>
    public static EmitResult Emit(
        IrModule module, string programClass = Ruleset.ProgramClass, EmitForm form = EmitForm.Full, BatchForm? batchForm = null, RecordForm? recordForm = null)
    {
        var choice = BatchChoice.Of(module, batchForm);
        var writer = new CSharpWriter();
        var split = programClass.LastIndexOf('.');
        writer.Line("using System;");
        writer.Line("using System.Numerics;");
        writer.Line("using CccRules.Runtime.Facts;");
        writer.Line("using CccRules.Runtime.Operations;");
        writer.Line("using CccRules.Runtime.Programs;");
        writer.Line("using CccRules.Runtime.Time;");
        writer.Line();
        writer.Line($"namespace {programClass[..split]};");
        var lists = module.Lists.Select((list, index) => new ListSchema(
            list.Fact, list.EntryFields, EmitClass(list.Module, Ruleset.ProgramClassOfList(index, programClass[(split + 1)..]), writer, BatchChoice.Of(list.Module), form, recordForm), list.Derived)).ToImmutableArray();
        var manifest = EmitClass(module, programClass[(split + 1)..], writer, choice, form, recordForm);
        return new EmitResult(writer.ToString(), manifest with { Lists = lists }, choice);
    }

    private static RulesetManifest EmitClass(IrModule module, string name, CSharpWriter writer, BatchChoice choice, EmitForm form, RecordForm? recordForm)
    {
        var logic = recordForm ?? RecordForms.Of(module);
        var tables = new TableBuilder();
        var schedule = new EmitSchedule(module);
        writer.Line();
        writer.Open($"public sealed class {name} : RuleProgram");
        new ScalarEmitter(module, schedule, tables, MethodForm.Record, logic, writer).Emit("Evaluate", rest: null);
        if (form == EmitForm.RecordsAlone)
        {
            writer.Close();
            return Manifest(module, tables.Build(module.Calendars, Lookups(module, tables), [], [], 0));
        }

        var candidates = choice.Candidates;
        if (!candidates.Picked.IsEmpty)
        {
            var rest = new BatchPlan(module, schedule, BatchRoots.Without(candidates, module, hasCategories: false));
            new ScalarEmitter(module, schedule, tables, MethodForm.Rest, logic, writer).Emit("EvaluateRest", rest);
        }

        var norms = new NormEmitter(module, schedule, tables);
        norms.Emit(writer);
        var batch = new BatchEmitter(module, schedule, choice.Roots, tables, writer);
        batch.Emit();
        writer.Close();
        var plan = candidates.Picked.IsEmpty ? null : candidates.ToSchema(choice.Form == BatchForm.Candidates ? batch.Plan : null, tables);
        var built = tables.Build(module.Calendars, Lookups(module, tables), batch.Tests, batch.CategoryPlanes, batch.PlaneCount);
        return Manifest(module, built with { GateFact = norms.GateFact, GateCuts = norms.GateCuts, HasNormForm = norms.HasForm, Candidates = plan });
    }

    private static ImmutableArray<LookupSchema> Lookups(IrModule module, TableBuilder tables) =>
        [.. module.Tables.Select((table, index) => LookupEncoder.Encode(module, index, tables))];

    private static RulesetManifest Manifest(IrModule module, ProgramTables tables) => new()
    {
        Modules = module.Modules,
        Facts = module.Facts,
        Norms = module.Norms,
        Categories = module.Categories,
        Definitions = module.Definitions,
        Translations = module.Translations,
        Tables = tables,
        Graph = GraphBuilder.Build(module),
    };
}
