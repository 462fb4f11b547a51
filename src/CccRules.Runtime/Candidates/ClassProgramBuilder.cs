using System.Runtime.InteropServices;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// Lays a class's norms out:
/// <code>
/// vector:  64 initial bytes; 4 bytes count n of look-ups; n look-ups of 8 bytes (column, page offset); filled to 64; n times 64 literal indices
/// fold:    4 bytes target vector, 4 bytes source vector; filled to 64; 64 lanes of the source
/// output:  64 bytes that clear what is no outcome of a norm; 4 bytes table of outcomes; filled to 64; 64 norms of 2 bytes
/// </code>
/// </summary>
internal sealed class ClassProgramBuilder(LiteralPlace[] places)
{
    private const int VectorBytes = 64;

    /// <summary>Clears "not applicable" too: what is left is an outcome to write.</summary>
    private const byte Kept = 0xFE;

    private readonly List<VectorDraft> _vectors = [];
    private readonly List<(int Target, int Lane, byte Initial, CandidateSlot Slot)> _alternatives = [];
    private readonly List<OutputDraft> _outputs = [];
    private int _norms;

    public void Add(CandidateNorm norm, ReadOnlySpan<byte> initials)
    {
        if (_outputs.Count == 0 || _outputs[^1].Norms.Count == CandidateClasses.Lanes || _outputs[^1].IsOption != norm.IsOption)
        {
            _outputs.Add(new OutputDraft(norm.IsOption));
            _vectors.Add(new VectorDraft());
        }

        Place(_vectors.Count - 1, _outputs[^1].Norms.Count, initials[0], norm.Slots[0]);
        for (var slot = 1; slot < initials.Length; slot++)
        {
            // An alternative that the class excludes is none.
            if (initials[slot] != 0)
            {
                _alternatives.Add((_vectors.Count - 1, _outputs[^1].Norms.Count, initials[slot], norm.Slots[slot]));
            }
        }

        _outputs[^1].Norms.Add((ushort)norm.Norm);
        _norms++;
    }

    public byte[] Build(out int size)
    {
        var folds = PlaceAlternatives();
        using var bytes = new MemoryStream();
        Write(bytes, _vectors.Count, folds.Count, _outputs.Count, _norms);
        Fill(bytes);
        foreach (var vector in _vectors)
        {
            bytes.Write(vector.Initial);
            Write(bytes, vector.Indices.Count, 0);
            // What settles most comes first, what must be computed comes last: single records stop where no slot can apply any more.
            var lookUps = vector.Indices.OrderBy(entry => entry.Value.IsComputed).ThenByDescending(entry => entry.Value.Applying).ToList();
            foreach (var ((column, page), _) in lookUps)
            {
                Write(bytes, column, page * LiteralTable.PageSize);
            }

            Fill(bytes);
            foreach (var (_, lookUp) in lookUps)
            {
                bytes.Write(lookUp.Indices);
            }
        }

        foreach (var ((target, source, _), lanes) in folds)
        {
            Write(bytes, target, source);
            Fill(bytes);
            bytes.Write(lanes);
        }

        foreach (var output in _outputs)
        {
            var kept = new byte[VectorBytes];
            kept.AsSpan(0, output.Norms.Count).Fill(Kept);
            bytes.Write(kept);
            Write(bytes, output.IsOption ? 1 : 0);
            Fill(bytes);
            bytes.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(output.Norms)));
            bytes.SetLength(bytes.Position += 2 * (VectorBytes - output.Norms.Count));
        }

        size = (int)bytes.Length;
        return bytes.ToArray();
    }

    /// <summary>Puts alternatives into free lanes and says from which lane each norm's lane takes them.</summary>
    private SortedDictionary<(int Target, int Source, int Round), byte[]> PlaceAlternatives()
    {
        var folds = new SortedDictionary<(int, int, int), byte[]>();
        var (vector, lane) = (_vectors.Count - 1, _outputs.Count == 0 ? 0 : _outputs[^1].Norms.Count);
        foreach (var (target, targetLane, initial, slot) in _alternatives)
        {
            if (lane == CandidateClasses.Lanes)
            {
                _vectors.Add(new VectorDraft());
                (vector, lane) = (_vectors.Count - 1, 0);
            }

            Place(vector, lane, initial, slot);
            var round = 0;
            byte[]? lanes;
            while (folds.TryGetValue((target, vector, round), out lanes) && lanes[targetLane] != CandidateClasses.Lanes)
            {
                round++;
            }

            if (lanes is null)
            {
                folds[(target, vector, round)] = lanes = new byte[VectorBytes];
                lanes.AsSpan().Fill(CandidateClasses.Lanes);
            }

            lanes[targetLane] = (byte)lane++;
        }

        return folds;
    }

    private void Place(int vector, int lane, byte initial, CandidateSlot slot)
    {
        var draft = _vectors[vector];
        draft.Initial[lane] = initial;
        foreach (var literal in slot.Literals)
        {
            var place = places[literal];
            if (place.Column < 0)
            {
                continue;
            }

            if (!draft.Indices.TryGetValue((place.Column, place.Page), out var lookUp))
            {
                draft.Indices[(place.Column, place.Page)] = lookUp = new LookUpDraft(place.IsComputed);
            }

            lookUp.Indices[lane] = place.Index;
            lookUp.Applying += place.Applies ? 1 : 0;
        }
    }

    private static void Write(MemoryStream bytes, params ReadOnlySpan<int> numbers) => bytes.Write(MemoryMarshal.AsBytes(numbers));

    private static void Fill(MemoryStream bytes) => bytes.SetLength(bytes.Position = (bytes.Position + VectorBytes - 1) / VectorBytes * VectorBytes);

    private sealed class VectorDraft
    {
        public byte[] Initial { get; } = new byte[VectorBytes];

        public SortedDictionary<(int Column, int Page), LookUpDraft> Indices { get; } = [];
    }

    private sealed class LookUpDraft(bool isComputed)
    {
        public bool IsComputed { get; } = isComputed;

        public byte[] Indices { get; } = new byte[VectorBytes];

        /// <summary>Slots of which it says whether they apply.</summary>
        public int Applying { get; set; }
    }

    private sealed record OutputDraft(bool IsOption)
    {
        public List<ushort> Norms { get; } = [];
    }
}
