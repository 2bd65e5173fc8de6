using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public sealed class StructureFloatTests : StructureTests<float>;

public sealed class StructureDoubleTests : StructureTests<double>;

public abstract class StructureTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void ReshapeSharesTheNumbers()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Check.Sample<T>(new Shape(2, 6)));
        Var<T> y = x.Reshape(new Shape(3, 4));
        Assert.True(x.Values == y.Values);
        Check.Gradients(v => v.Reshape(new Shape(3, 4)).Sum(0) * v.Reshape(new Shape(12)).Slice(0, 4, 4), Check.Sample<T>(new Shape(2, 6)));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 0, 3)]
    [InlineData(-1, 4, 1)]
    [InlineData(1, 3, 0)]
    [InlineData(0, 0, 4)]
    public void SliceTakesARange(int axis, int start, int length)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(4, 3, 5));
        var tape = new Tape<T>();
        Tensor<T> part = tape.Input(input).Slice(axis, start, length).ToTensor();
        Assert.Equal(length, part.Shape[axis]);
        int normal = axis < 0 ? axis + 3 : axis;
        for (int i = 0; i < part.Shape[0]; i++)
        {
            for (int j = 0; j < part.Shape[1]; j++)
            {
                for (int k = 0; k < part.Shape[2]; k++)
                    Assert.Equal(input[normal == 0 ? i + start : i, normal == 1 ? j + start : j, normal == 2 ? k + start : k], part[i, j, k]);
            }
        }

        Check.Gradients(x => x.Slice(axis, start, length) * x.Slice(axis, start, length), input);
        Check.Gradients(x => x.Slice(axis, start, length).Sum() * x, input);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void ConcatUndoesSlice(int axis)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(3, 4, 5));
        var tape = new Tape<T>();
        Var<T> x = tape.Input(input);
        int extent = x.Shape[axis];
        Var<T> joined = Var<T>.Concat(axis, x.Slice(axis, 0, 1), x.Slice(axis, 1, 0), x.Slice(axis, 1, extent - 1));
        Assert.Equal(input.Shape, joined.Shape);
        Assert.Equal(input.Span, joined.Values);
        Check.Gradients((a, b) => Var<T>.Concat(axis, a, b, a * a), input, Check.Sample<T>(new Shape(3, 4, 5), 2));
    }

    [Fact]
    public void GatherTakesRowsWithRepetition()
    {
        Tensor<T> input = Check.Sample<T>(new Shape(4, 3));
        var tape = new Tape<T>();
        Tensor<T> rows = tape.Input(input).Gather(2, 0, 2).ToTensor();
        Assert.Equal(new Shape(3, 3), rows.Shape);
        Assert.Equal(input.Row(2), rows.Row(0));
        Assert.Equal(input.Row(0), rows.Row(1));
        Assert.Equal(input.Row(2), rows.Row(2));
        Check.Gradients(x => x.Gather(2, 0, 2, 3, 3).Square(), input);
        Check.Gradients(x => x.Gather([]).Sum() + x.Sum(), input);
        Check.Gradients(x => x.Gather(1, 1), Check.Sample<T>(new Shape(3)));
    }

    [Fact]
    public void PartialUsesLeaveTheRestWithoutGradient()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Check.Sample<T>(new Shape(3, 2)));
        tape.Backward(x.Gather(1).Sum() + x.Slice(1, 1, 1).Sum());
        Check.Close([0, 1, 1, 2, 0, 1], x.Gradient);
    }
}
