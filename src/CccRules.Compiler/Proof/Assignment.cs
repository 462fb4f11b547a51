using System.Collections.Immutable;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Values of facts that meet a question. A fact that is not among them is of no account. Numbers as
/// <see cref="Runtime.Facts.Fact"/> says; texts beside them.
/// </summary>
internal sealed record Assignment(ImmutableSortedDictionary<int, long> Numbers, ImmutableSortedDictionary<int, string> Texts)
{
    public static Assignment Empty { get; } = new(ImmutableSortedDictionary<int, long>.Empty, ImmutableSortedDictionary<int, string>.Empty);

    public IEnumerable<int> Facts => Numbers.Keys.Concat(Texts.Keys).Order();

    public Assignment With(int fact, long number) => new(Numbers.SetItem(fact, number), Texts.Remove(fact));

    public Assignment With(int fact, string text) => new(Numbers.Remove(fact), Texts.SetItem(fact, text));

    public Assignment Without(int fact) => new(Numbers.Remove(fact), Texts.Remove(fact));
}

/// <summary>What became of a question.</summary>
internal enum AnswerKind : byte
{
    /// <summary>No record meets it: proved.</summary>
    Nothing,

    /// <summary>A record meets it.</summary>
    Found,

    /// <summary>Neither was shown.</summary>
    NotProved,
}

/// <summary>The answer to a question: does any record meet it?</summary>
/// <param name="Record">A record that does, where one was found.</param>
/// <param name="Reason">Why nothing was shown, in a reader's words.</param>
internal sealed record ProofAnswer(AnswerKind Kind, Assignment Record, string? Reason)
{
    public static ProofAnswer Nothing { get; } = new(AnswerKind.Nothing, Assignment.Empty, null);

    public static ProofAnswer Found(Assignment record) => new(AnswerKind.Found, record, null);

    public static ProofAnswer NotProved(string reason) => new(AnswerKind.NotProved, Assignment.Empty, reason);
}
