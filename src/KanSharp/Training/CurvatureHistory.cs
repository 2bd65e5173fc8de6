using System.Numerics;

namespace KanSharp.Training;

/// <summary>The last pairs of step s and gradient change y, and the inverse Hessian approximation they imply.</summary>
internal sealed class CurvatureHistory<T>(int size, int capacity)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _steps = new T[capacity][];
    private readonly T[][] _changes = new T[capacity][];
    private readonly double[] _curvatures = new double[capacity];
    private readonly double[] _weights = new double[capacity];
    private int _next;

    /// <summary>Pairs held.</summary>
    public int Count { get; private set; }

    public void Clear() => Count = _next = 0;

    /// <summary>Adds s = <paramref name="step"/> · <paramref name="direction"/> and y = <paramref name="after"/> − <paramref name="before"/>
    /// if s·y exceeds <paramref name="tolerance"/> · |s||y|; the oldest pair makes room.</summary>
    public void Push(double step, ReadOnlySpan<T> direction, ReadOnlySpan<T> before, ReadOnlySpan<T> after, double tolerance)
    {
        T[] s = _steps[_next] ??= new T[size];
        T[] y = _changes[_next] ??= new T[size];
        if (Count == capacity)
            Count--;
        T factor = T.CreateTruncating(step);
        for (int index = 0; index < s.Length; index++)
        {
            s[index] = factor * direction[index];
            y[index] = after[index] - before[index];
        }

        double curvature = VectorDot.Dot<T>(s, y);
        double bound = tolerance * Math.Sqrt(VectorDot.Dot<T>(s, s) * VectorDot.Dot<T>(y, y));
        if (!(curvature > bound) || double.IsInfinity(curvature))
            return;
        _curvatures[_next] = curvature;
        _next = (_next + 1) % capacity;
        Count++;
    }

    /// <summary>−H·gradient by the two-loop recursion, with the initial H scaled by s·y / y·y of the newest pair.</summary>
    public void Direction(ReadOnlySpan<T> gradient, Span<T> direction)
    {
        for (int index = 0; index < direction.Length; index++)
            direction[index] = -gradient[index];
        if (Count == 0)
            return;
        for (int age = 0; age < Count; age++)
        {
            int pair = Pair(age);
            _weights[pair] = VectorDot.Dot<T>(_steps[pair], direction) / _curvatures[pair];
            VectorDot.Add(T.CreateTruncating(-_weights[pair]), _changes[pair], direction);
        }

        int newest = Pair(0);
        T scale = T.CreateTruncating(_curvatures[newest] / VectorDot.Dot<T>(_changes[newest], _changes[newest]));
        for (int index = 0; index < direction.Length; index++)
            direction[index] *= scale;
        for (int age = Count - 1; age >= 0; age--)
        {
            int pair = Pair(age);
            double weight = VectorDot.Dot<T>(_changes[pair], direction) / _curvatures[pair];
            VectorDot.Add(T.CreateTruncating(_weights[pair] - weight), _steps[pair], direction);
        }
    }

    public void Save(StateWriter<T> state)
    {
        state.Write("pairs", Count);
        for (int age = 0; age < Count; age++)
        {
            state.Write($"step.{age}", _steps[Pair(age)]);
            state.Write($"change.{age}", _changes[Pair(age)]);
        }
    }

    public void Load(StateReader<T> state)
    {
        Clear();
        int count = (int)Math.Min(state.ReadCount("pairs"), capacity);
        for (int pair = 0; pair < count; pair++)
        {
            state.Read($"step.{count - 1 - pair}", _steps[pair] ??= new T[size]);
            state.Read($"change.{count - 1 - pair}", _changes[pair] ??= new T[size]);
            _curvatures[pair] = VectorDot.Dot<T>(_steps[pair], _changes[pair]);
        }

        Count = count;
        _next = count % capacity;
    }

    /// <summary>Takes over the pairs of the same method for other parameters; pairs that lose their curvature, as rounding may make them, are left out.</summary>
    /// <param name="before">The pairs.</param>
    /// <param name="carry">Carries a step or a change of the gradient over to the new parameters.</param>
    public void CarryFrom(CurvatureHistory<T> before, Action<StateRole, T[], T[]> carry)
    {
        Clear();
        for (int age = before.Count - 1; age >= 0; age--)
        {
            T[] s = _steps[_next] ??= new T[size];
            T[] y = _changes[_next] ??= new T[size];
            carry(StateRole.Step, before._steps[before.Pair(age)], s);
            carry(StateRole.Gradient, before._changes[before.Pair(age)], y);
            double curvature = VectorDot.Dot<T>(s, y);
            if (!(curvature > 0) || double.IsInfinity(curvature))
                continue;
            _curvatures[_next] = curvature;
            _next = (_next + 1) % capacity;
            Count = Math.Min(Count + 1, capacity);
        }
    }

    /// <summary>Index of the pair that is <paramref name="age"/> pushes old.</summary>
    private int Pair(int age) => (_next - 1 - age + 2 * capacity) % capacity;
}
