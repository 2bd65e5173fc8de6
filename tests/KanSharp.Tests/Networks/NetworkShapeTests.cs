using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Networks;

public class NetworkShapeTests
{
    [Theory]
    [InlineData("2,5,1", "2,5,1", "2 5 1", "2 5 1")]
    [InlineData("[2, 5, 1]", "2,5,1", "2 5 1", "2 5 1")]
    [InlineData("2,[4,1],1", "2,[4,1],1", "2 5 1", "2 6 1")]
    [InlineData("[3,[0,2],1]", "3,[0,2],1", "3 2 1", "3 4 1")]
    [InlineData(" 2 , [1,x2, x3] , 1", "2,[1,x2,x3],1", "2 3 1", "2 6 1")]
    [InlineData("2,[4,2x3],[0,x2]", "2,[4,2x3],[0,1]", "2 6 1", "2 10 2")]
    [InlineData("2,[3],1", "2,3,1", "2 3 1", "2 3 1")]
    [InlineData("2,[1,2,x3,x3,1],1", "2,[1,2x2,2x3,x2],1", "2 6 1", "2 13 1")]
    public void Text_becomes_a_shape(string text, string canonical, string nodes, string subnodes)
    {
        NetworkShape shape = NetworkShape.Parse(text);
        Assert.Equal(nodes, string.Join(' ', shape.Widths));
        Assert.Equal(subnodes, string.Join(' ', shape.Levels.Select(level => level.Subnodes)));
        Assert.Equal(canonical, shape.ToString());
        Assert.Equal(shape, NetworkShape.Parse(canonical));
        Assert.Equal(shape.GetHashCode(), NetworkShape.Parse(canonical).GetHashCode());
    }

    [Theory]
    [InlineData("5", "1 levels were given")]
    [InlineData("2,,1", "'' is no number of nodes")]
    [InlineData("2,[4,1,1", "has no bracket at its end")]
    [InlineData("2,[4,y3],1", "'y3' is no number")]
    [InlineData("2,[4,x0],1", "A product node has 0 factors")]
    [InlineData("2,0,1", "A level has at least 1 node")]
    [InlineData("[1,1],2,1", "inputs can not be products")]
    [InlineData("2,-3,1", "'-3' is no number")]
    [InlineData("2,[1,1000000x1000000],1", "more than")]
    public void Other_text_is_refused(string text, string message)
    {
        string error = Assert.Throws<FormatException>(() => NetworkShape.Parse(text)).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("2,[4,1],1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_has_the_shape_it_was_made_with()
    {
        NetworkShape shape = NetworkShape.Parse("3,[2,x2,x3],2");
        KanNetwork<double> network = KanNetwork<double>.Create(shape);
        Assert.Equal(shape, network.Shape);
        Assert.Equal([3, 4, 2], network.Widths);
        Assert.Equal((7, 4), (network.Layers[0].Outputs, network.Layers[1].Inputs));
        Assert.NotNull(network.Stages[0].Nodes);
        Assert.Null(network.Stages[1].Nodes);
        Assert.False(network.IsPlain);
        Assert.True(KanNetwork<double>.Create([3, 4, 2]).IsPlain);
        Assert.Contains("KAN [3, [2,x2,x3], 2]", network.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_may_have_grids_and_degrees_of_their_own()
    {
        var network = KanNetwork<double>.Create(
            NetworkShape.Parse("2,[1,1],1"),
            [new BSplineOptions { Degree = 2, Intervals = 7 }, new BSplineOptions { Degree = 4, Intervals = 3 }], seed: 4);
        Assert.Equal([(2, 7), (4, 3)], network.Layers.Select(layer => (layer.Options.Spline.Degree, layer.Options.Spline.Intervals)));
        Assert.Contains("1 options were given for 2 layers", Assert.Throws<ArgumentException>(
            () => KanNetwork<double>.Create(NetworkShape.Parse("2,1,1"), [new KanLinearOptions()])).Message, StringComparison.Ordinal);
    }
}
