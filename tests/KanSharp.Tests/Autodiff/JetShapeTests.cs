using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

/// <summary>Sets of derivatives, and the combinatorics of products and compositions.</summary>
public class JetShapeTests
{
    private static readonly long[] Bell = [1, 1, 2, 5, 15];

    [Fact]
    public void AShapeHoldsAllThatIsBelow()
    {
        JetShape shape = JetShape.Of(PartialDerivative.Of(0, 0, 2), PartialDerivative.Of(1));
        Assert.Equal(
            [PartialDerivative.Value, PartialDerivative.Of(0), PartialDerivative.Of(1), PartialDerivative.Of(2), PartialDerivative.Of(0, 0), PartialDerivative.Of(0, 2), PartialDerivative.Of(0, 0, 2)],
            shape.Components);
        Assert.Equal((7, 3, 3), (shape.Count, shape.Order, shape.Directions));
        for (int index = 0; index < shape.Count; index++)
            Assert.Equal(index, shape.IndexOf(shape.Components[index]));
        Assert.Equal(-1, shape.IndexOf(PartialDerivative.Of(1, 1)));
        Assert.Equal("value, ∂(0), ∂(1), ∂(2), ∂(0,0), ∂(0,2), ∂(0,0,2)", shape.ToString());
    }

    [Fact]
    public void EveryClosureIsClosedAndSorted()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 50; trial++)
        {
            PartialDerivative[] wanted = [.. Enumerable.Range(0, 3).Select(_ => PartialDerivative.Of([.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4))]))];
            JetShape shape = JetShape.Of(wanted);
            Assert.All(wanted, derivative => Assert.True(shape.IndexOf(derivative) >= 0));
            Assert.Equal(shape.Components.Order().Distinct(), shape.Components);
            foreach (PartialDerivative component in shape.Components)
            {
                for (int places = 0; places < 1 << component.Order; places++)
                    Assert.True(shape.IndexOf(component.Choose(places)) >= 0, $"{component} without {component.Choose(places)}");
                Assert.Contains(wanted, derivative => Enumerable.Range(0, 4).All(direction => component.Count(direction) <= derivative.Count(direction)));
            }
        }
    }

    [Fact]
    public void CountsOfUsualShapes()
    {
        Assert.Equal((1, 0, 0), (JetShape.Of().Count, JetShape.Of().Order, JetShape.Of().Directions));
        Assert.Equal((2, 1, 1), (JetShape.First.Count, JetShape.First.Order, JetShape.First.Directions));
        for (int directions = 0; directions <= 5; directions++)
        {
            Assert.Equal(1 + 2 * directions, JetShape.Of(Enumerable.Range(0, directions).Select(direction => PartialDerivative.Of(direction, direction))).Count);
            for (int order = 0; order <= 4; order++)
                Assert.Equal(Binomial(directions + order, order), JetShape.Full(directions, order).Count);
        }
    }

    [Fact]
    public void WhatIsOutOfRangeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JetShape.Full(1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => JetShape.Full(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => JetShape.Full(-1, 1));
        Assert.Throws<ArgumentNullException>(() => JetShape.Of(null!));
    }

    [Fact]
    public void LeibnizFactorsAreProductsOfBinomials()
    {
        foreach (PartialDerivative derivative in JetShape.Full(4, 4).Components)
        {
            List<(int Factor, PartialDerivative[] Parts)> terms = JetPartitions.Product(derivative);
            Assert.Equal(1 << derivative.Order, terms.Sum(term => term.Factor));
            Assert.Equal(Enumerable.Range(0, 4).Aggregate(1, (count, direction) => count * (derivative.Count(direction) + 1)), terms.Count);
            foreach ((int factor, PartialDerivative[] parts) in terms)
            {
                Assert.Equal(2, parts.Length);
                long expected = 1;
                for (int direction = 0; direction < 4; direction++)
                {
                    Assert.Equal(derivative.Count(direction), parts[0].Count(direction) + parts[1].Count(direction));
                    expected *= Binomial(derivative.Count(direction), parts[0].Count(direction));
                }

                Assert.Equal(expected, factor);
            }
        }
    }

    [Fact]
    public void FactorsOfCompositionsAddUpToStirlingAndBellNumbers()
    {
        foreach (PartialDerivative derivative in JetShape.Full(4, 4).Components.Skip(1))
        {
            List<(int Factor, PartialDerivative[] Parts)> terms = JetPartitions.Composition(derivative);
            Assert.Equal(Bell[derivative.Order], terms.Sum(term => term.Factor));
            for (int blocks = 1; blocks <= derivative.Order; blocks++)
                Assert.Equal(Stirling(derivative.Order, blocks), terms.Where(term => term.Parts.Length == blocks).Sum(term => term.Factor));
            foreach ((int factor, PartialDerivative[] parts) in terms)
            {
                Assert.Equal(parts.Order(), parts);
                Assert.Equal(PartitionCount(derivative, parts), factor);
            }
        }
    }

    [Fact]
    public void TheFourthDerivativeOfAComposition()
    {
        // (f∘x)'''' = f'·x'''' + f''·(4x'x''' + 3x''²) + 6f'''·x'²x'' + f''''·x'⁴
        IEnumerable<string> terms = JetPartitions.Composition(PartialDerivative.Of(0, 0, 0, 0))
            .Select(term => $"{term.Factor}: {string.Join("·", term.Parts.Select(part => part.Order))}");
        Assert.Equal(["1: 1·1·1·1", "1: 4", "3: 2·2", "4: 1·3", "6: 1·1·2"], terms.Order(StringComparer.Ordinal));
    }

    /// <summary>Set partitions of the directions into blocks that look like the parts: α!/Π β!, over the orders of equal blocks.</summary>
    private static long PartitionCount(PartialDerivative derivative, PartialDerivative[] parts)
    {
        long count = Factorials(derivative);
        foreach (PartialDerivative part in parts)
            count /= Factorials(part);
        foreach (var equal in parts.GroupBy(part => part))
            count /= Factorial(equal.Count());
        return count;
    }

    private static long Factorials(PartialDerivative derivative) => Enumerable.Range(0, 4).Aggregate(1L, (product, direction) => product * Factorial(derivative.Count(direction)));

    private static long Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static long Binomial(int n, int k) => k == 0 ? 1 : Binomial(n - 1, k - 1) * n / k;

    private static long Stirling(int n, int k) => n == k ? 1 : k == 0 ? 0 : k * Stirling(n - 1, k) + Stirling(n - 1, k - 1);
}
