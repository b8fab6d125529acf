using System;
using System.IO;
using System.Linq;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EdgeRnn.Simulator;

/// <summary>
/// The text of a scenario, YAML or JSON (which is YAML, too), into nodes. Anchors, aliases and tags are refused, and so is what is larger,
/// deeper or longer than a scenario ever is: a file from anywhere costs neither much time nor much memory.
/// </summary>
internal static class ScenarioText
{
    private const int MostBytes = 1 << 20;
    private const int MostNodes = 20_000;
    private const int MostDepth = 8;

    public static ScenarioNode Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[MostBytes + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MostBytes) throw new ScenarioException($"{name}: expected a scenario of at most {MostBytes} bytes, found more");
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(0, count));
            return Parse(text.TrimStart('\uFEFF'), name);
        }
        catch (DecoderFallbackException)
        {
            throw new ScenarioException($"{name}: expected text in UTF-8, found other bytes; is it a scenario?");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : error.Message.TrimEnd('.');
            throw new ScenarioException($"{path}: expected a scenario: {reason}");
        }
    }

    public static ScenarioNode Parse(string text, string file)
    {
        try
        {
            return new Reading(text, file).Document();
        }
        catch (YamlException wrong)
        {
            throw ScenarioNode.Wrong(file, (int)wrong.Start.Line, "", $"expected YAML or JSON: {Reason(wrong)}");
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // What the parser itself did not foresee in a damaged file.
            throw new ScenarioException($"{file}: expected YAML or JSON, found neither; correct it");
        }
    }

    private static string Reason(YamlException wrong) => wrong.Message.Split(": ").Last().Trim().TrimEnd('.');

    private sealed class Reading(string text, string file)
    {
        private readonly Parser _parser = new(new StringReader(text));
        private int _nodes;

        public ScenarioNode Document()
        {
            Next<StreamStart>();
            if (_parser.MoveNext() && _parser.Current is StreamEnd)
                throw new ScenarioException($"{file}: expected a scenario, found an empty file");
            _parser.MoveNext();
            ScenarioNode root = Node("", 0);
            Next<DocumentEnd>();
            _parser.MoveNext();
            if (_parser.Current is not StreamEnd) throw Wrong("", "expected one scenario, found a second document behind it");
            return root;
        }

        private void Next<T>() where T : ParsingEvent
        {
            if (!_parser.MoveNext() || _parser.Current is not T) throw Wrong("", "expected YAML or JSON");
        }

        // The parser stands at the node's first event, and afterwards at its last.
        private ScenarioNode Node(string path, int depth)
        {
            if (++_nodes > MostNodes) throw Wrong(path, $"expected at most {MostNodes} entries, found more");
            if (depth > MostDepth) throw Wrong(path, $"expected at most {MostDepth} levels, found more");
            if (_parser.Current is AnchorAlias) throw Wrong(path, "expected no alias; write out what it stands for");
            if (_parser.Current is not NodeEvent current) throw Wrong(path, "expected a value");
            if (!current.Anchor.IsEmpty) throw Wrong(path, "expected no anchor; write out what it stands for");
            if (!current.Tag.IsEmpty && !current.Tag.IsNonSpecific) throw Wrong(path, "expected no tag; remove it");
            ScenarioNode node = new()
            {
                File = file,
                Line = (int)current.Start.Line,
                Path = path,
                Kind = current switch { MappingStart => NodeKind.Map, SequenceStart => NodeKind.List, _ => NodeKind.Scalar },
                Text = (current as Scalar)?.Value ?? "",
            };
            if (node.Kind == NodeKind.Map) FillMap(node, depth);
            else if (node.Kind == NodeKind.List) FillList(node, depth);
            return node;
        }

        private void FillList(ScenarioNode node, int depth)
        {
            while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
                node.Items.Add(Node($"{node.Path}[{node.Items.Count}]", depth + 1));
        }

        private void FillMap(ScenarioNode node, int depth)
        {
            while (_parser.MoveNext() && _parser.Current is not MappingEnd)
            {
                if (_parser.Current is not Scalar { Value: string key } || key.Length == 0)
                    throw Wrong(node.Path, "expected a name and a colon");
                if (key.Length > 64) throw Wrong(node.Path, "expected a name of at most 64 letters, found a longer one");
                string path = node.Path.Length == 0 ? key : $"{node.Path}.{key}";
                if (node.Entries.Any(entry => entry.Key == key)) throw Wrong(path, "expected once, found a second time; remove one");
                _parser.MoveNext();
                node.Entries.Add((key, Node(path, depth + 1)));
            }
        }

        private ScenarioException Wrong(string path, string message) =>
            ScenarioNode.Wrong(file, (int)(_parser.Current?.Start.Line ?? 1), path, message);
    }
}
