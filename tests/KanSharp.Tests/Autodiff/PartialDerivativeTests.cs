using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public class PartialDerivativeTests
{
    [Fact]
    public void DirectionsAreSortedAndCounted()
    {
        PartialDerivative mixed = PartialDerivative.Of(2, 0, 254, 0);
        Assert.Equal(4, mixed.Order);
        Assert.Equal([0, 0, 2, 254], Enumerable.Range(0, 4).Select(index => mixed[index]));
        Assert.Equal((2, 0, 1, 1), (mixed.Count(0), mixed.Count(1), mixed.Count(2), mixed.Count(254)));
        Assert.Equal(PartialDerivative.Of(0, 254, 2, 0), mixed);
        Assert.Equal("∂(0,0,2,254)", mixed.ToString());
    }

    [Fact]
    public void TheValueHasNoDirections()
    {
        Assert.Equal(default, PartialDerivative.Value);
        Assert.Equal(PartialDerivative.Value, PartialDerivative.Of());
        Assert.Equal((0, 0), (PartialDerivative.Value.Order, PartialDerivative.Value.Count(0)));
        Assert.Equal("value", PartialDerivative.Value.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDerivative.Value[0]);
    }

    [Fact]
    public void ThenDifferentiatesOnceMoreInAnyOrder()
    {
        PartialDerivative step = PartialDerivative.Value;
        foreach (int direction in (int[])[3, 1, 3, 0])
            step = step.Then(direction);
        Assert.Equal(PartialDerivative.Of(0, 1, 3, 3), step);
        Assert.Contains("order 4", Assert.Throws<InvalidOperationException>(() => step.Then(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsOutOfRangeIsRefused()
    {
        Assert.Contains("order 5", Assert.Throws<ArgumentException>(() => PartialDerivative.Of(0, 0, 0, 0, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Direction -1", Assert.Throws<ArgumentException>(() => PartialDerivative.Of(0, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("Direction 255", Assert.Throws<ArgumentException>(() => PartialDerivative.Of(255)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PartialDerivative.Of(1).Then(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDerivative.Of(1, 2)[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDerivative.Of(1, 2)[-1]);
    }

    [Fact]
    public void TheyAreOrderedByOrderThenByDirections()
    {
        PartialDerivative[] sorted =
        [
            PartialDerivative.Value, PartialDerivative.Of(0), PartialDerivative.Of(7), PartialDerivative.Of(0, 0), PartialDerivative.Of(0, 1), PartialDerivative.Of(1, 1),
            PartialDerivative.Of(0, 0, 9), PartialDerivative.Of(0, 1, 1), PartialDerivative.Of(0, 0, 0, 0), PartialDerivative.Of(1, 1, 1, 1),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
        for (int left = 0; left < sorted.Length; left++)
        {
            for (int right = 0; right < sorted.Length; right++)
            {
                Assert.Equal(Math.Sign(left - right), Math.Sign(sorted[left].CompareTo(sorted[right])));
                (PartialDerivative a, PartialDerivative b) = (sorted[left], sorted[right]);
                Assert.Equal(left.CompareTo(right) < 0, a < b);
                Assert.Equal(left.CompareTo(right) > 0, a > b);
                Assert.Equal(left.CompareTo(right) <= 0, a <= b);
                Assert.Equal(left.CompareTo(right) >= 0, a >= b);
            }
        }
    }

    [Fact]
    public void ChoosingPlacesGivesWhatIsBelow()
    {
        PartialDerivative all = PartialDerivative.Of(0, 0, 3, 5);
        Assert.Equal(all, all.Choose(15));
        Assert.Equal(PartialDerivative.Of(0, 5), all.Choose(0b1001));
        Assert.Equal(PartialDerivative.Of(0, 0, 5), all.Choose(~0b0100));
        Assert.Equal(PartialDerivative.Value, all.Choose(0));
    }
}
