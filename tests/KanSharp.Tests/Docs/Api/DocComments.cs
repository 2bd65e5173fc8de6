using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KanSharp.Tests.Docs.Api;

/// <summary>The documentation comments of an assembly, as Markdown.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the file that the compiler wrote.</summary>
    public DocComments(string file) =>
        _members = XDocument.Load(file).Descendants("member").GroupBy(member => member.Attribute("name")!.Value).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Parts of a comment with a tag and, if given, a name or cref; what is inherited stands in for what is missing.</summary>
    public IEnumerable<XElement> Parts(MemberInfo member, string tag) => Parts(DocIds.Of(member), member, tag, 0);

    /// <summary>A part's text; empty if there is none.</summary>
    public string Text(MemberInfo member, string tag, string? name = null) =>
        Parts(member, tag).FirstOrDefault(part => name is null || part.Attribute("name")?.Value == name) is { } part ? Render(part) : "";

    /// <summary>Inline elements as Markdown on one line.</summary>
    public static string Render(XElement element)
    {
        StringBuilder text = new();
        Append(element, text);
        return Regex.Replace(text.ToString(), @"\s+", " ").Trim();
    }

    private IEnumerable<XElement> Parts(string id, MemberInfo? member, string tag, int depth)
    {
        if (depth > 8 || !_members.TryGetValue(id, out XElement? comment))
            return [];
        XElement[] own = [.. comment.Elements(tag)];
        if (own.Length > 0)
            return own;
        foreach (XElement inherited in comment.Elements("inheritdoc"))
        {
            string path = inherited.Attribute("path")?.Value ?? "";
            if (path.Length > 0 && !path.StartsWith("/" + tag, StringComparison.Ordinal))
                continue;
            IEnumerable<(string Id, MemberInfo? Member)> sources = inherited.Attribute("cref") is { } cref ? [(cref.Value, null)] : Bases(member);
            if (sources.Select(source => Parts(source.Id, source.Member, tag, depth + 1).ToArray()).FirstOrDefault(parts => parts.Length > 0) is { } found)
                return found;
        }

        return [];
    }

    /// <summary>What a member overrides or implements.</summary>
    private static IEnumerable<(string Id, MemberInfo? Member)> Bases(MemberInfo? member)
    {
        if (member?.DeclaringType is not { } type)
            yield break;
        IEnumerable<Type> above = Ancestors(type).Concat(type.GetInterfaces());
        foreach (Type candidate in above)
        {
            foreach (MemberInfo other in candidate.GetMember(member.Name, member.MemberType, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            {
                if (SameParameters(member, other))
                    yield return (DocIds.Of(DocIds.Definition(other)), DocIds.Definition(other));
            }
        }
    }

    private static bool SameParameters(MemberInfo one, MemberInfo other) => one is not MethodBase method || other is not MethodBase base_
        || method.GetParameters().Select(parameter => parameter.ParameterType.Name).SequenceEqual(base_.GetParameters().Select(parameter => parameter.ParameterType.Name));

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? above = type.BaseType; above is not null; above = above.BaseType)
            yield return above;
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (XNode node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    text.Append(plain.Value.Replace("<", "\\<", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal));
                    break;
                case XElement { Name.LocalName: "c" } code:
                    text.Append('`').Append(code.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "paramref" or "typeparamref" } reference:
                    text.Append('`').Append(reference.Attribute("name")!.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "see" or "seealso" } see:
                    text.Append(See(see));
                    break;
                case XElement { Name.LocalName: "para" } paragraph:
                    text.Append(' ');
                    Append(paragraph, text);
                    text.Append(' ');
                    break;
                case XElement other:
                    Append(other, text);
                    break;
            }
        }
    }

    private static string See(XElement see)
    {
        if (see.Attribute("href") is { } link)
            return $"[{(see.Value.Length > 0 ? see.Value : link.Value)}]({link.Value})";
        if (see.Attribute("langword") is { } word)
            return $"`{word.Value}`";
        return ApiLinks.To(see.Attribute("cref")!.Value);
    }
}
