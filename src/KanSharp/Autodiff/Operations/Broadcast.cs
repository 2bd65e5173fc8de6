using System.Runtime.CompilerServices;

namespace KanSharp.Autodiff.Operations;

/// <summary>
/// How two shapes meet in an elementwise operation: the result's shape, and its axes merged where both operands run through them in
/// step, so that most operations become one long run.
/// </summary>
internal struct Broadcast
{
    private Axes _extent;
    private Axes _left;
    private Axes _right;
    private int _outer;

    /// <summary>Shape of the result.</summary>
    public Shape Result { get; private set; }

    /// <summary>Length of one run: the innermost merged axis.</summary>
    public int Run { get; private set; }

    /// <summary>Number of runs.</summary>
    public int Runs { get; private set; }

    /// <summary>1 where the left operand advances within a run, 0 where one element is repeated.</summary>
    public int LeftStep { get; private set; }

    /// <summary>1 where the right operand advances within a run, 0 where one element is repeated.</summary>
    public int RightStep { get; private set; }

    /// <summary>Whether the result has more elements than the left operand, so that its gradient is a sum.</summary>
    public bool RepeatsLeft { get; private set; }

    /// <summary>Whether the result has more elements than the right operand, so that its gradient is a sum.</summary>
    public bool RepeatsRight { get; private set; }

    /// <summary>Aligns two shapes at the last axis.</summary>
    /// <exception cref="ArgumentException">An axis has two different extents and neither is 1.</exception>
    public static Broadcast Of(string operation, Shape left, Shape right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        var broadcast = default(Broadcast);
        Span<int> result = stackalloc int[Shape.MaxRank];
        int merged = 0;
        int leftCount = 1;
        int rightCount = 1;
        for (int back = 1; back <= rank; back++)
        {
            int l = back <= left.Rank ? left[left.Rank - back] : 1;
            int r = back <= right.Rank ? right[right.Rank - back] : 1;
            if (l != r && l != 1 && r != 1)
                throw Mismatch(operation, left, right, back, l, r);
            int extent = l == 1 ? r : l;
            result[rank - back] = extent;
            broadcast.RepeatsLeft |= l != extent;
            broadcast.RepeatsRight |= r != extent;
            if (extent == 1)
                continue;
            broadcast.Append(ref merged, extent, l == 1 ? 0 : leftCount, r == 1 ? 0 : rightCount);
            leftCount *= l;
            rightCount *= r;
        }

        broadcast.Result = left.Rank == rank && !broadcast.RepeatsLeft ? left : new Shape(result[..rank]);
        broadcast.Finish(merged);
        return broadcast;
    }

    /// <summary>Where run <paramref name="run"/> starts in both operands (in the result it starts at run · <see cref="Run"/>).</summary>
    public readonly void Offsets(int run, out int left, out int right)
    {
        left = 0;
        right = 0;
        for (int axis = 1; axis <= _outer; axis++)
        {
            int index = run;
            if (axis < _outer)
            {
                run = Math.DivRem(run, _extent[axis], out index);
            }

            left += index * _left[axis];
            right += index * _right[axis];
        }
    }

    private static ArgumentException Mismatch(string operation, Shape left, Shape right, int back, int l, int r) =>
        new($"{operation}: shapes {left} and {right} do not broadcast: axis −{back} has extents {l} and {r}; they must be equal or one of them 1.");

    private void Append(ref int merged, int extent, int left, int right)
    {
        if (merged > 0 && left == _left[merged - 1] * _extent[merged - 1] && right == _right[merged - 1] * _extent[merged - 1])
        {
            _extent[merged - 1] *= extent;
            return;
        }

        _extent[merged] = extent;
        _left[merged] = left;
        _right[merged] = right;
        merged++;
    }

    private void Finish(int merged)
    {
        Run = merged == 0 ? 1 : _extent[0];
        LeftStep = merged == 0 ? 1 : _left[0];
        RightStep = merged == 0 ? 1 : _right[0];
        _outer = Math.Max(0, merged - 1);
        Runs = Run == 0 ? 0 : Result.Count / Run;
    }

    [InlineArray(Shape.MaxRank)]
    private struct Axes
    {
        private int _first;
    }
}
