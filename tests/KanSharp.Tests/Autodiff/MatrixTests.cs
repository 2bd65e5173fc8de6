using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public sealed class MatrixFloatTests : MatrixTests<float>;

public sealed class MatrixDoubleTests : MatrixTests<double>;

public abstract class MatrixTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [InlineData(3, 4, 5)]
    [InlineData(1, 7, 1)]
    [InlineData(0, 2, 3)]
    [InlineData(2, 0, 3)]
    [InlineData(17, 9, 33)]
    public void ProductsWithEveryTransposition(int rows, int inner, int columns)
    {
        foreach (bool transposeLeft in (bool[])[false, true])
        {
            foreach (bool transposeRight in (bool[])[false, true])
            {
                Tensor<T> a = Check.Sample<T>(transposeLeft ? new Shape(inner, rows) : new Shape(rows, inner), 1);
                Tensor<T> b = Check.Sample<T>(transposeRight ? new Shape(columns, inner) : new Shape(inner, columns), 2);
                var tape = new Tape<T>();
                Var<T> product = tape.Input(a).MatMul(tape.Input(b), transposeLeft, transposeRight);
                Assert.Equal(new Shape(rows, columns), product.Shape);
                Check.Close(Product(a, b, transposeLeft, transposeRight, rows, inner, columns), product.Values, typeof(T) == typeof(float) ? 1e-5 : 1e-13);
                if (rows < 10)
                {
                    Check.Gradients((x, y) => x.MatMul(y, transposeLeft, transposeRight), a, b);
                    Check.Gradients((x, y) => x.MatMul(y, transposeLeft, transposeRight).Sum() * x.Sum() * y.Sum(), a, b);
                }
            }
        }
    }

    [Fact]
    public void LeadingAxesOfTheLeftOperand()
    {
        Tensor<T> a = Check.Sample<T>(new Shape(2, 3, 4), 1);
        var b = new Parameter<T>(Check.Sample<T>(new Shape(4, 5), 2));
        var tape = new Tape<T>();
        Var<T> product = tape.Input(a).MatMul(b);
        Assert.Equal(new Shape(2, 3, 5), product.Shape);
        Check.Close(Product(a, b.Value, false, false, 6, 4, 5), product.Values);
        Check.Passed(GradientCheck.Run(x => x.MatMul(b), a, [("b", b)]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(0, 2)]
    [InlineData(-1, 0)]
    [InlineData(1, 1)]
    public void TransposeMovesEveryElement(int first, int second)
    {
        Tensor<T> a = Check.Sample<T>(new Shape(2, 3, 4));
        var tape = new Tape<T>();
        Var<T> moved = tape.Input(a).Transpose(first, second);
        Tensor<T> result = moved.ToTensor();
        Span<int> at = stackalloc int[3];
        for (at[0] = 0; at[0] < 2; at[0]++)
        {
            for (at[1] = 0; at[1] < 3; at[1]++)
            {
                for (at[2] = 0; at[2] < 4; at[2]++)
                {
                    T value = a[at[0], at[1], at[2]];
                    int p = first < 0 ? first + 3 : first;
                    (at[p], at[second]) = (at[second], at[p]);
                    Assert.Equal(value, result[at[0], at[1], at[2]]);
                    (at[p], at[second]) = (at[second], at[p]);
                }
            }
        }

        Check.Gradients(x => x.Transpose(first, second), a);
        Check.Gradients(x => x.Transpose(first, second).Sum() * x, a);
    }

    [Fact]
    public void TransposeOfAMatrix()
    {
        Check.Gradients(x => x.Transpose(), Check.Sample<T>(new Shape(3, 5)));
        var tape = new Tape<T>();
        Assert.Equal(new Shape(5, 0), tape.Input(new Tensor<T>(new Shape(0, 5))).Transpose().Shape);
    }

    [Fact]
    public void TransposeOfSeveralTiles()
    {
        Tensor<T> a = Check.Sample<T>(new Shape(2, 37, 50));
        var tape = new Tape<T>();
        Var<T> x = tape.Input(a);
        Var<T> moved = x.Transpose();
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 37; j++)
            {
                for (int k = 0; k < 50; k++)
                    Assert.Equal(a[i, j, k], moved.Values[(i * 50 + k) * 37 + j]);
            }
        }

        tape.Backward(moved, moved.Values);
        Assert.Equal(a.Span, x.Gradient);
    }

    private static double[] Product(Tensor<T> a, Tensor<T> b, bool transposeLeft, bool transposeRight, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k < inner; k++)
                {
                    product[i * columns + j] += double.CreateTruncating(a.Span[transposeLeft ? k * rows + i : i * inner + k])
                        * double.CreateTruncating(b.Span[transposeRight ? j * inner + k : k * columns + j]);
                }
            }
        }

        return product;
    }
}
