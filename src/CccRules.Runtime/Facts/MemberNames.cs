using System.Collections.Immutable;
using System.Text;

namespace CccRules.Runtime.Facts;

/// <summary>Finds a member's ordinal by its UTF-8 name: an open hash table, so that looking up allocates nothing.</summary>
internal sealed class MemberNames
{
    private readonly byte[][] _names;
    private readonly int[] _slots;

    public MemberNames(ImmutableArray<string> members)
    {
        _names = [.. members.Select(Encoding.UTF8.GetBytes)];
        var size = 4;
        while (size < members.Length * 2)
        {
            size *= 2;
        }

        // A slot holds ordinal + 1; 0 is free.
        _slots = new int[size];
        for (var ordinal = 0; ordinal < _names.Length; ordinal++)
        {
            var slot = SlotOf(_names[ordinal]);
            while (_slots[slot] != 0)
            {
                slot = slot + 1 & size - 1;
            }

            _slots[slot] = ordinal + 1;
        }
    }

    /// <summary>The ordinal of the member with this name, case and all; -1 where none has it.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = SlotOf(name); _slots[slot] != 0; slot = slot + 1 & _slots.Length - 1)
        {
            var ordinal = _slots[slot] - 1;
            if (name.SequenceEqual(_names[ordinal]))
            {
                return ordinal;
            }
        }

        return -1;
    }

    private int SlotOf(ReadOnlySpan<byte> name)
    {
        // FNV-1a: names are short, and the table is fixed, so nobody can choose colliding members in data.
        var hash = 2166136261u;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return (int)(hash ^ hash >> 15) & _slots.Length - 1;
    }
}
