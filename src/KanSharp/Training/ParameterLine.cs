using System.Numerics;

namespace KanSharp.Training;

/// <summary>All parameters of an optimiser as one vector, on a line: origin + step · direction. Frozen parameters stay where they are.</summary>
internal sealed class ParameterLine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterSlot<T>[] _slots;
    private readonly T[] _origin;
    private readonly bool[] _moves;

    public ParameterLine(ParameterSlot<T>[] slots)
    {
        _slots = slots;
        Size = slots.Sum(slot => slot.Count);
        _origin = new T[Size];
        Direction = new T[Size];
        _moves = new bool[slots.Length];
        Array.Fill(_moves, true);
    }

    public int Size { get; }

    public T[] Direction { get; }

    /// <summary>Whether other parameters are trainable than when this was last asked; the optimiser was made for trainable ones.</summary>
    public bool FreezingChanged()
    {
        bool changed = false;
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            changed |= _moves[slot] != _slots[slot].Parameter.Trainable;
            _moves[slot] = _slots[slot].Parameter.Trainable;
        }

        return changed;
    }

    /// <summary>Makes the present parameters the origin.</summary>
    public void Start()
    {
        int offset = 0;
        foreach (ParameterSlot<T> slot in _slots)
        {
            slot.Parameter.Value.Span.CopyTo(_origin.AsSpan(offset));
            offset += slot.Count;
        }
    }

    /// <summary>Sets the parameters to origin + step · direction.</summary>
    public void MoveTo(double step)
    {
        T factor = T.CreateTruncating(step);
        int offset = 0;
        foreach (ParameterSlot<T> slot in _slots)
        {
            ReadOnlySpan<T> origin = _origin.AsSpan(offset, slot.Count);
            Span<T> target = slot.Parameter.Value.Span;
            if (step == 0)
            {
                origin.CopyTo(target); // 0 times an element of the direction that has overflowed would be NaN
            }
            else if (slot.Parameter.Trainable)
            {
                for (int index = 0; index < target.Length; index++)
                    target[index] = origin[index] + factor * Direction[offset + index];
            }

            offset += slot.Count;
        }
    }

    /// <summary>Reads the gradients of all parameters; that of frozen ones is 0, and so is their part of every direction.</summary>
    public void ReadGradient(Span<T> target)
    {
        int offset = 0;
        foreach (ParameterSlot<T> slot in _slots)
        {
            Span<T> gradient = target.Slice(offset, slot.Count);
            if (slot.Parameter.Trainable)
                slot.Parameter.Gradient.CopyTo(gradient);
            else
                gradient.Clear();
            offset += slot.Count;
        }
    }
}
