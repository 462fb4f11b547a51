using System.Collections.Immutable;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Ir;

/// <summary>
/// The conditions on the entries of a list, as categories of a module of their own. Its facts are those of an entry, then those of the record;
/// what it finds of all entries becomes derived facts of the record.
/// </summary>
/// <param name="Fact">The list, a position in the record's facts.</param>
/// <param name="EntryFields">How many of the module's facts are the entry's own.</param>
internal sealed record IrEntryModule(int Fact, int EntryFields, IrModule Module, ImmutableArray<DerivedFact> Derived);
