namespace KanSharp.Autodiff;

/// <summary>
/// Which partial derivative: the directions along which is differentiated, in any order, up to four of them. The value itself has order 0. Directions are numbered
/// from 0; in <see cref="Jet{T}.Seed(Var{T}, JetShape)"/> they are the features of the input.
/// </summary>
public readonly record struct PartialDerivative : IComparable<PartialDerivative>
{
    /// <summary>The highest order.</summary>
    public const int MaxOrder = 4;

    /// <summary>Largest number of a direction.</summary>
    public const int MaxDirection = 254;

    // directions plus one, a byte each, ascending from the lowest byte; unused ones are 0
    private readonly uint _code;

    private PartialDerivative(uint code) => _code = code;

    /// <summary>No derivative: the value.</summary>
    public static PartialDerivative Value => default;

    /// <summary>Number of directions, 0 to 4.</summary>
    public int Order => _code == 0 ? 0 : (39 - System.Numerics.BitOperations.LeadingZeroCount(_code)) / 8;

    /// <summary>One of the directions, in ascending order.</summary>
    /// <param name="index">0 to <see cref="Order"/> − 1.</param>
    public int this[int index] => (uint)index < (uint)Order
        ? (int)(_code >> (8 * index) & 255) - 1
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"A derivative of order {Order} has directions 0 to {Order - 1}.");

    /// <summary>The derivative along the given directions: <c>Of(0, 0, 1)</c> is ∂³/∂x₀²∂x₁.</summary>
    /// <param name="directions">At most four numbers, in any order; repeat one to differentiate again.</param>
    /// <exception cref="ArgumentException">Too many, or a number out of range.</exception>
    public static PartialDerivative Of(params ReadOnlySpan<int> directions)
    {
        if (directions.Length > MaxOrder)
            throw new ArgumentException($"A derivative of order {directions.Length}; at most order {MaxOrder} is supported.", nameof(directions));
        Span<int> sorted = stackalloc int[directions.Length];
        directions.CopyTo(sorted);
        sorted.Sort();
        uint code = 0;
        for (int index = sorted.Length - 1; index >= 0; index--)
        {
            if ((uint)sorted[index] > MaxDirection)
                throw new ArgumentException($"Direction {sorted[index]}; directions are 0 to {MaxDirection}.", nameof(directions));
            code = code << 8 | (uint)(sorted[index] + 1);
        }

        return new PartialDerivative(code);
    }

    /// <summary>How often is differentiated along a direction.</summary>
    public int Count(int direction)
    {
        int count = 0;
        for (int index = 0; index < Order; index++)
            count += this[index] == direction ? 1 : 0;
        return count;
    }

    /// <summary>Differentiated once more.</summary>
    /// <param name="direction">Along what.</param>
    /// <exception cref="InvalidOperationException">The order is the highest already.</exception>
    public PartialDerivative Then(int direction)
    {
        int order = Order;
        if (order == MaxOrder)
            throw new InvalidOperationException($"A derivative of order {order} can not be differentiated again; at most order {MaxOrder} is supported.");
        Span<int> directions = stackalloc int[order + 1];
        for (int index = 0; index < order; index++)
            directions[index] = this[index];
        directions[order] = direction;
        return Of(directions);
    }

    /// <summary>The directions whose places are set in a bit mask.</summary>
    internal PartialDerivative Choose(int places)
    {
        Span<int> directions = stackalloc int[MaxOrder];
        int count = 0;
        for (int index = 0; index < Order; index++)
        {
            if ((places >> index & 1) != 0)
                directions[count++] = this[index];
        }

        return Of(directions[..count]);
    }

    /// <summary>By order, then by directions.</summary>
    public int CompareTo(PartialDerivative other)
    {
        int order = Order.CompareTo(other.Order);
        for (int index = 0; order == 0 && index < Order; index++)
            order = this[index].CompareTo(other[index]);
        return order;
    }

    /// <summary>The directions, such as <c>∂(0,0,1)</c>; <c>value</c> for order 0.</summary>
    public override string ToString()
    {
        if (_code == 0)
            return "value";
        PartialDerivative self = this;
        return $"∂({string.Join(",", Enumerable.Range(0, Order).Select(index => self[index]))})";
    }

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(PartialDerivative left, PartialDerivative right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after the other.</summary>
    public static bool operator >(PartialDerivative left, PartialDerivative right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come after the other.</summary>
    public static bool operator <=(PartialDerivative left, PartialDerivative right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before the other.</summary>
    public static bool operator >=(PartialDerivative left, PartialDerivative right) => left.CompareTo(right) >= 0;
}
