using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>An application's enumeration as members of a fact: its numbers to ordinals, or to "not known" and "none".</summary>
internal sealed class MemberMap
{
    /// <summary>Stands for a number that the map does not hold.</summary>
    public const long Unknown = -1;

    private const int MostDense = 1024;

    private readonly long _first;
    private readonly long[] _dense = [];
    private readonly FrozenDictionary<long, long> _sparse = FrozenDictionary<long, long>.Empty;

    /// <param name="facts">The number of each of the enumeration's members, and the fact that it stands for.</param>
    public MemberMap(IReadOnlyDictionary<long, long> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        _first = facts.Keys.Min();
        var span = (Int128)facts.Keys.Max() - _first + 1;
        if (span > MostDense)
        {
            _sparse = facts.ToFrozenDictionary();
            return;
        }

        _dense = new long[(int)span];
        Array.Fill(_dense, Unknown);
        foreach (var (number, fact) in facts)
        {
            _dense[number - _first] = fact;
        }
    }

    /// <summary>The fact of a number: an ordinal, <see cref="Fact.Missing"/>, <see cref="Fact.None"/>, or <see cref="Unknown"/>.</summary>
    public long Find(long number)
    {
        var index = (ulong)(number - _first);
        return index < (ulong)_dense.Length ? _dense[index] : _sparse.GetValueOrDefault(number, Unknown);
    }

    /// <summary>An enumeration's value as a number, without boxing.</summary>
    public static long NumberOf<T>(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, byte>(ref value),
        2 => Unsafe.As<T, short>(ref value),
        4 => Unsafe.As<T, int>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    };
}

/// <summary>A set's items as bits of a fact's members.</summary>
internal abstract class ItemMap<T>
{
    /// <summary>The ordinal of an item; <see cref="MemberMap.Unknown"/> for one that is no member.</summary>
    public abstract long Find(T item);
}

/// <summary>Items of an enumeration.</summary>
internal sealed class EnumItemMap<T>(MemberMap members) : ItemMap<T>
{
    public override long Find(T item) => members.Find(MemberMap.NumberOf(item));
}

/// <summary>Items by the names that the rules have.</summary>
internal sealed class NameItemMap(FactSchema fact) : ItemMap<string>
{
    private readonly FrozenDictionary<string, long> _ordinals =
        fact.Members.Select((name, ordinal) => (name, ordinal)).ToFrozenDictionary(member => member.name, member => (long)member.ordinal, StringComparer.Ordinal);

    public override long Find(string item) => item is null ? MemberMap.Unknown : _ordinals.GetValueOrDefault(item, MemberMap.Unknown);
}
